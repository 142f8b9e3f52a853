import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const NANO = 'mcr.microsoft.com/windows/nanoserver:ltsc2025';
const SCENE: ScenarioInput = {
  images: [
    { reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' },
    { reference: NANO, base: 'nanoserver', osVersion: '10.0.26100.4652' },
  ],
  containers: [
    { name: 'core', image: SERVERCORE },
    { name: 'nano', image: NANO },
    { name: 'still', image: SERVERCORE, state: 'exited' },
  ],
};

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

/** A terminal whose screen can be waited for. */
async function terminal(container: string, options: { readonly command?: string[]; readonly rows?: number } = {}) {
  open ??= await openSimulatedServices(SCENE);
  const { call } = open;
  const id = randomUUID();
  const abort = new AbortController();
  let screen = '';
  let wake = (): void => undefined;
  const ended = call(
    'terminal.open',
    { id, container, rows: options.rows ?? 24, columns: 80, ...(options.command ? { command: options.command } : {}) },
    {
      signal: abort.signal,
      onProgress: ({ data }) => {
        screen += data;
        wake();
      },
    },
  );
  ended.catch(() => wake());
  return {
    id,
    ended,
    abort: () => abort.abort(),
    screen: () => screen,
    type: (data: string) => call('terminal.write', { id, data }),
    shows: async (text: string) => {
      while (!screen.includes(text)) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    },
  };
}

/** Programs of that name in the container's silo. */
const running = (name: string): number =>
  open?.host.machine.processes().filter(({ imageName, silo }) => silo !== 0 && imageName === name).length ?? 0;

describe('a terminal into a container', () => {
  it.each([
    ['core', 'PS C:\\>', 'exit 7\r'],
    ['nano', 'C:\\>', 'exit 7\r'],
  ])('of %s has the shell that its image has, and ends with its exit code', async (container, prompt, farewell) => {
    const shell = await terminal(container);
    await shell.shows(prompt);
    await shell.type('echo grüße-€\r');
    await shell.shows('\ngrüße-€');
    await shell.type(farewell);
    expect(await shell.ended).toEqual({ exitCode: 7, container });
  });

  it('takes what is typed and sized before it is there', async () => {
    const shell = await terminal('core', { command: ['cmd.exe', '/q'] });
    await shell.type('echo early\r');
    await open?.call('terminal.resize', { id: shell.id, rows: 50, columns: 132 });
    await shell.shows('early');
    await open?.call('terminal.resize', { id: shell.id, rows: 10, columns: 40 });
    await shell.type('exit\r');
    expect(await shell.ended).toEqual({ exitCode: 0, container: 'core' });
  });

  it('is closed with its program when it is told so', async () => {
    const shell = await terminal('core');
    await shell.shows('>');
    expect(running('powershell.exe')).toBe(1);
    await open?.call('terminal.close', { id: shell.id });
    await shell.ended;
    expect(running('powershell.exe')).toBe(0);
    await expect(shell.type('x')).rejects.toMatchObject({ fault: { code: 'not-found', what: 'terminal' } });
  });

  it('leaves no program behind when its client goes, not even a deaf one', async () => {
    const deaf = await terminal('core', { command: ['ping.exe', '-t', 'localhost'] });
    await deaf.shows('Reply');
    deaf.abort();
    await expect(deaf.ended).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    // The entry processes of both containers are pings as well: they stay.
    expect(running('ping.exe')).toBe(2);
  });

  it('says that the program is not there as the engine does, with its exit code', async () => {
    const none = await terminal('core', { command: ['nothing.exe'] });
    expect((await none.ended).exitCode).not.toBe(0);
    expect(none.screen()).toContain('cannot find the file');
  });

  it.each([
    ['nobody', 'not-found'],
    ['still', 'engine-refused'],
  ])('into %s is refused: %s', async (container, code) => {
    const refused = await terminal(container);
    await expect(refused.ended).rejects.toMatchObject({ fault: { code } });
  });

  it('has an id of its own', async () => {
    const shell = await terminal('nano');
    await shell.shows('>');
    const again = { id: shell.id, container: 'nano', rows: 24, columns: 80 };
    expect(await open?.fault('terminal.open', again)).toMatchObject({ code: 'invalid-input' });
    shell.abort();
    await expect(shell.ended).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });
});
