import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../shared/base/clock.ts';
import { SimulatedNetwork } from './smb-redirector.ts';
import { STATUS } from './status.ts';

const MANY = 200;

describe('a network on which nobody answers', () => {
  const ask = () => {
    const clock = new ManualClock();
    const life = new AbortController();
    const network = new SimulatedNetwork(clock, { servers: [] }, 7_000, life.signal);
    const asked = Array.from({ length: MANY }, (_, at) => network.shares(`server-${at}`));
    return { clock, life, asked };
  };

  it('lets all that ask wait their time, and listens once for the end of the machine', async () => {
    const { clock, life, asked } = ask();
    expect(getEventListeners(life.signal, 'abort')).toHaveLength(1);
    clock.advance(7_000);
    expect(await Promise.all(asked)).toEqual(asked.map(() => undefined));
  });

  it('gives all of them up when the machine is shut down', async () => {
    const { life, asked } = ask();
    life.abort();
    const ends = await Promise.allSettled(asked);
    expect(ends.filter(one => one.status === 'rejected' && one.reason.status === STATUS.CANCELLED)).toHaveLength(MANY);
  });

  it('makes nobody wait who asks afterwards', async () => {
    const life = new AbortController();
    const network = new SimulatedNetwork(new ManualClock(), { servers: [] }, 7_000, life.signal);
    life.abort();
    await expect(network.shares('late')).rejects.toMatchObject({ status: STATUS.CANCELLED });
  });
});
