import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Recording } from '../../../shared/domain/recording.ts';
import { readRecording } from './read-recording.ts';
import { createReplayHost } from './replay-host.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

/** One that was made to look like a host on which nothing was asked. */
const EMPTY: Recording = {
  siloscopeRecording: 1,
  takenAt: '2026-11-22T00:00:00.000Z',
  simulated: false,
  facts: {
    machineName: 'machine-1',
    build: 26_100,
    revision: 1,
    edition: 'Windows 11 Pro',
    displayVersion: '24H2',
    productType: 'client',
    architecture: 'x64',
  },
  answers: [],
};

describe('a recording from somebody else', () => {
  it('is read or refused with what is wrong, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        try {
          expect(readRecording(text, 'x.json')).toHaveProperty('answers');
        } catch (caught) {
          expect(caught).toBeInstanceOf(FaultError);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('runs nothing, opens nothing and dials nobody: what it does not hold is not there', async () => {
    const host = createReplayHost(EMPTY);
    await expect(host.run(['cmd.exe', '/c', 'calc.exe'])).rejects.toMatchObject({ fault: { code: 'command-failed' } });
    await expect(host.dialEngine()).rejects.toMatchObject({ fault: { code: 'engine-unreachable' } });
    expect(await host.probe({ by: 'drive', mountPoint: 'C:', rest: 'Windows' })).toMatchObject({ outcome: 'failed' });
    expect(await host.objects.list('\\Device')).toEqual({ refused: 'unsupported' });
    expect(await host.objects.readLink('\\Device\\Mup')).toEqual({ refused: 'unsupported' });
    await host.dispose();
  });
});
