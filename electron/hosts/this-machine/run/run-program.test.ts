import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import type { Ran, RunOptions } from '../../host.ts';
import { runProgram } from './run-program.ts';

const node = process.execPath;
const around = { clock: systemClock };
const run = (script: string, further: readonly string[] = [], options: RunOptions = {}): Promise<Ran> =>
  runProgram([node, '-e', script, '--', ...further], options, around);

describe('running a program', () => {
  it.each([
    [['two words', 'C:\\Program Files\\']],
    [['a "quoted" word', '"', '\\"', '']],
    [['%PATH%', '^&|<>', '$(x)', '`y`', "it's", 'ü €']],
  ])('hands %j over unharmed', async further => {
    const { stdout, exitCode } = await run('process.stdout.write(JSON.stringify(process.argv.slice(1)))', further);
    expect({ argv: JSON.parse(stdout), exitCode }).toEqual({ argv: further, exitCode: 0 });
  });

  it('gives back both outputs, the exit code and the argv', async () => {
    const script = "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 7;";
    const { elapsedMs, ...ran } = await run(script);
    expect(ran).toEqual({ argv: [node, '-e', script, '--'], exitCode: 7, stdout: 'out', stderr: 'err' });
    expect(elapsedMs).toBeGreaterThanOrEqual(0);
  });

  it('does not mind a program that leaves its input unread', async () => {
    const { exitCode } = await run('process.exit(0)', [], { stdin: 'x'.repeat(1 << 22) });
    expect(exitCode).toBe(0);
  });

  it('ends one that prints without end', async () => {
    const flood = 'const chunk = "x".repeat(1 << 20); const on = () => process.stdout.write(chunk, on); on();';
    expect(await faultOf(run(flood))).toMatchObject({
      code: 'command-failed',
      stderr: 'ended by Siloscope: it printed more than 32 MiB',
    });
  });

  it('ends one that takes too long, and one that nobody waits for any more', async () => {
    const forever = 'setInterval(() => undefined, 1000)';
    expect(await faultOf(run(forever, [], { timeoutMs: 30 }))).toMatchObject({ code: 'timed-out', afterMs: 30 });
    const asker = new AbortController();
    const asked = faultOf(run(forever, [], { signal: asker.signal }));
    asker.abort();
    expect(await asked).toEqual({ code: 'cancelled' });
  });

  it('names a program that is not there', async () => {
    expect(await faultOf(runProgram(['no-such-program-4711'], {}, around))).toEqual({
      code: 'not-found',
      what: 'program',
      name: 'no-such-program-4711',
    });
  });
});

async function faultOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (caught: unknown) => (caught instanceof FaultError ? caught.fault : caught),
  );
}
