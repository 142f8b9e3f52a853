import { describe, expect, it } from 'vitest';
import { contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import type { LocalServices } from '../serving/local-services.ts';
import { openServicesDoor } from './services-door.ts';

function services(told: string[]): LocalServices {
  return {
    hostId: 'here',
    serve: (channel: Channel) => {
      channel.onFrame(frame => {
        const { id } = frame as { id: number };
        channel.send({ kind: 'result', id, output: { profiles: [] } });
      });
      return { dispose: () => void told.push('disposed') };
    },
    onLost: () => () => undefined,
    close: async () => void told.push('closed'),
  };
}

describe('services that are opening', () => {
  it('answer what was asked before they were there', async () => {
    const told: string[] = [];
    let come: (opened: LocalServices) => void = () => undefined;
    const door = openServicesDoor(
      () =>
        new Promise(resolve => {
          come = resolve;
        }),
    );
    const [near, far] = memoryChannelPair();
    door.serve(far);
    const client = connect(contract, near);
    const early = client.call('profile.list', {});
    come(services(told));
    expect([await early, await client.call('profile.list', {})]).toEqual([{ profiles: [] }, { profiles: [] }]);
    client.dispose();
    await door.close();
    await Promise.resolve();
    expect(told.sort()).toEqual(['closed', 'disposed']);
  });

  it('that never come answer every call with the reason, early or late', async () => {
    const fault = { code: 'host-unreachable', host: 'local', reason: 'no way in' } as const;
    const door = openServicesDoor(() => Promise.reject(new FaultError(fault)));
    const [near, far] = memoryChannelPair();
    door.serve(far);
    const client = connect(contract, near);
    const faultOfCall = (): Promise<unknown> =>
      client.call('profile.list', {}).catch((error: unknown) => error instanceof FaultError && error.fault);
    expect([await faultOfCall(), await faultOfCall()]).toEqual([fault, fault]);
    client.dispose();
    await door.close();
  });

  it('are called off by the end', async () => {
    const door = openServicesDoor(
      signal =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new FaultError({ code: 'cancelled' }))),
        ),
    );
    await door.close();
    await expect(door.opened).rejects.toThrow('cancelled');
  });
});
