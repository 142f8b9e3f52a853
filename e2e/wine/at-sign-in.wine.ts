import { afterAll, describe, expect, it } from 'vitest';
import { ownMachine } from '../../electron/shells/cli/sign-in/own-machine.ts';
import { SignInStart } from '../../electron/shells/cli/sign-in/sign-in-start.ts';
import { registryData } from '../../shared/domain/parse-reg-query.ts';

const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const { signal } = new AbortController();
const machine = ownMachine(process.env);
const start = new SignInStart(
  {
    ...machine,
    // Short enough for the Run key, wherever this lane lies.
    program: ['C:\\Siloscope\\node.exe', 'C:\\Siloscope\\main.js'],
    // Wine's schtasks starts a desktop that keeps the pipes of its output open for ever: here there are no tasks.
    run: (argv, abort) =>
      argv[0] === 'schtasks.exe'
        ? Promise.resolve({ argv, exitCode: 1, stdout: '', stderr: '', elapsedMs: 0 })
        : machine.run(argv, abort),
  },
  signal,
);

/** What stands in the registry itself; undefined: nothing. */
async function value(): Promise<string | undefined> {
  const { exitCode, stdout } = await machine.run(['reg.exe', 'query', RUN_KEY, '/v', 'Siloscope serve'], signal);
  return exitCode === 0 ? registryData(stdout, 'Siloscope serve') : undefined;
}

describe('the start of siloscope serve at sign-in, in the registry of Windows', () => {
  afterAll(() => start.switchOff());

  it('is the value that Explorer reads, read back, replaced and taken away', async () => {
    expect(await start.switchOff()).toEqual({ atSignIn: 'off' });
    const on = await start.switchOn(['serve', '--host', 'local', '--port', '8437']);
    expect(on).toMatchObject({ atSignIn: 'on', by: 'run-key' });
    const written = (await value()) ?? '';
    expect(on).toMatchObject({ command: written });
    expect(written).toMatch(
      /^[A-Z]:\\windows\\System32\\cmd\.exe \/c start "Siloscope serve" \/min C:\\Siloscope\\node\.exe C:\\Siloscope\\main\.js /i,
    );
    expect(written).toMatch(/ serve --host local --port 8437$/);
    expect(await start.read()).toEqual(on);
    await start.switchOn(['serve', '--host', 'local']);
    expect(await value()).toMatch(/ serve --host local$/);
    expect(await start.switchOff()).toEqual({ atSignIn: 'off' });
    expect(await value()).toBeUndefined();
  });
});
