import { describe, expect, it } from 'vitest';
import { createThisMachine } from './this-machine.ts';

describe.runIf(process.platform !== 'win32')('this machine, when it runs no Windows', () => {
  it('is out of reach, and says why', async () => {
    await expect(createThisMachine()).rejects.toMatchObject({
      fault: {
        code: 'host-unreachable',
        host: 'local',
        reason: 'this machine does not run Windows; use --host simulated, or --connect to a running one',
      },
    });
  });
});
