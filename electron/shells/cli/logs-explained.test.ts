import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { standIn } from './testing/stand-in-services.ts';

async function ran(argv: readonly string[], ...lines: readonly string[]) {
  const io = captureIo({ env: { NO_COLOR: '1' } });
  const exitCode = await run(
    argv,
    io,
    standIn({
      'filesystem.logs': (_input, { progress }) => {
        for (const text of lines) progress({ stream: 'stdout', text });
        return { ended: true };
      },
    }),
  );
  return { exitCode, out: io.out(), err: io.err() };
}

describe('the log of a container', () => {
  it('is followed by what is known of its errors, each once, beside the answer', async () => {
    const { exitCode, out, err } = await ran(
      ['logs', 'a'],
      'mount failed: 80070050\n',
      'mount failed: 80070050\n',
      'exited with code 1\n',
    );
    expect(exitCode).toBe(0);
    expect(out).toBe('mount failed: 80070050\nmount failed: 80070050\nexited with code 1\n');
    expect(err.match(/Cause: /g)).toHaveLength(2);
    expect(err).toContain('STATUS_OBJECT_NAME_COLLISION');
  });

  it.each([
    [['logs', 'a'], 'all is well\n'],
    [['logs', 'a', '--json'], 'mount failed: 80070050\n'],
    [['logs', 'a', '--quiet'], 'mount failed: 80070050\n'],
  ])('%j stays alone after %j', async (argv, text) => {
    expect((await ran(argv, text)).err).toBe('');
  });
});
