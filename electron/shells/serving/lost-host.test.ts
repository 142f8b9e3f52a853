import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import { HostLife } from '../../hosts/host-life.ts';
import { Preferences } from '../../services/settings/preferences.ts';
import { createStandInEngine } from '../../services/testing/stand-in-engine.ts';
import type { OpenedHost } from './open-host.ts';
import { SwitchingServices } from './switching-services.ts';

describe('a host over SSH that is lost', () => {
  const TARGET = { kind: 'windows', host: 'ssh://me@box' } as const;
  const UNREACHABLE: Fault = { code: 'host-unreachable', host: 'ssh://me@box', reason: 'the plug was pulled' };
  const CHANGED: Fault = {
    code: 'host-key-refused',
    host: 'ssh://me@box',
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:x',
    because: 'changed',
  };

  /** Hosts that are lost when the test says so; further ones are answered by `answers`, one each. */
  async function lay(answers: (Fault | 'there')[]) {
    const clock = new ManualClock();
    const engine = createStandInEngine(() => undefined);
    const made: ((fault: Fault) => void)[] = [];
    const make = (): OpenedHost => {
      const life = new HostLife();
      made.push(fault => life.lose(fault));
      const host = { ...engine.host, onLost: (listener: (fault: Fault) => void) => life.onLost(listener) };
      return { host, target: TARGET };
    };
    let attempts = 0;
    const switching = new SwitchingServices(make(), {
      clock,
      preferences: new Preferences(clock),
      open: async () => {
        const answer = answers[attempts++] ?? 'there';
        if (answer !== 'there') throw new FaultError(answer);
        return make();
      },
    });
    const ended: Fault[] = [];
    switching.onLost(fault => ended.push(fault));
    const pass = async (ms: number): Promise<void> => {
      clock.advance(ms);
      for (let turn = 0; turn < 30; turn++) await new Promise(resolve => void setImmediate(resolve));
    };
    const end = async (): Promise<void> => {
      const closing = switching.close();
      await pass(60_000);
      await closing;
      engine.dispose();
    };
    return {
      switching,
      ended,
      pass,
      end,
      lose: (fault: Fault) => made[0]?.(fault),
      opened: () => made.length,
      attempts: () => attempts,
    };
  }

  it('is opened again as soon as it can be, and nobody is told that it is lost for good', async () => {
    const { ended, pass, end, lose, opened, attempts } = await lay([UNREACHABLE, UNREACHABLE, 'there']);
    lose(UNREACHABLE);
    await pass(4_000);
    expect(attempts()).toBe(0);
    for (const ms of [1_000, 10_000]) await pass(ms);
    expect([attempts(), opened()]).toEqual([2, 1]);
    await pass(20_000);
    expect([attempts(), opened(), ended]).toEqual([3, 2, []]);
    await pass(600_000);
    expect(attempts()).toBe(3);
    await end();
  });

  it('stays closed when it is not what it was, and that is told', async () => {
    const { ended, pass, end, lose, attempts } = await lay([UNREACHABLE, CHANGED]);
    lose(UNREACHABLE);
    for (const ms of [5_000, 10_000, 600_000]) await pass(ms);
    expect([attempts(), ended]).toEqual([2, [CHANGED]]);
    await end();
  });

  it('is not tried again when its end says that there is no point', async () => {
    const { ended, pass, end, lose, attempts } = await lay([]);
    lose(CHANGED);
    await pass(600_000);
    expect([attempts(), ended]).toEqual([0, [CHANGED]]);
    await end();
  });
});
