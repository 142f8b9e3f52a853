import { describe, expect, it } from 'vitest';
import { readFacts } from './read-facts.ts';

describe('the facts of this machine', () => {
  it('are none, with the words of reg.exe, where it names no build', async () => {
    const refused = { argv: [], exitCode: 1, stdout: '', stderr: 'ERROR: Access is denied.', elapsedMs: 1 };
    const names = { machineName: 'BOX', architecture: 'x64' };
    await expect(readFacts(async () => refused, names)).rejects.toMatchObject({
      fault: {
        code: 'host-unreachable',
        host: 'local',
        reason: 'reg.exe names no Windows build (exit code 1) ERROR: Access is denied.',
      },
    });
  });
});
