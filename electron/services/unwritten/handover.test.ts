import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { Handover } from './handover.ts';

const MEGABYTE = Buffer.alloc(1_048_576, 'x');

/** Whether a promise has settled by the time that everything at hand is done. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  const tell = (): void => {
    isSettled = true;
  };
  promise.then(tell, tell);
  await new Promise(resolve => setImmediate(resolve));
  return isSettled;
}

describe('bytes that are handed over', () => {
  it('come whole and in order, whatever the pieces they were made in', async () => {
    const handover = new Handover();
    const making = (async () => {
      for (let at = 0; at < 300; at++) await handover.write(Buffer.alloc(10_007, at));
      await handover.end();
    })();
    const taken: Buffer[] = [];
    for (let ended = false; !ended; ) {
      const piece = await handover.next();
      taken.push(piece.data);
      ended = piece.ended;
    }
    await making;
    const made = Buffer.concat(Array.from({ length: 300 }, (_, at) => Buffer.alloc(10_007, at)));
    expect(Buffer.concat(taken).equals(made)).toBe(true);
    expect(Math.max(...taken.map(({ length }) => length))).toBeLessThan(2 * MEGABYTE.length);
  });

  it('wait for whoever takes them, and for whoever makes them', async () => {
    const handover = new Handover();
    const making = handover.write(MEGABYTE);
    expect(await settled(making)).toBe(false);
    const { data, ended } = await handover.next();
    expect([data.equals(MEGABYTE), ended]).toEqual([true, false]);
    await making;
    const taking = handover.next();
    await handover.write(Buffer.from('less than a piece'));
    expect(await settled(taking)).toBe(false);
    const ending = handover.end();
    expect(await taking).toEqual({ data: Buffer.from('less than a piece'), ended: true });
    await ending;
  });

  it('are not ended before the last of them is taken', async () => {
    const handover = new Handover();
    const ending = handover.end();
    expect(await settled(ending)).toBe(false);
    expect(await handover.next()).toEqual({ data: Buffer.alloc(0), ended: true });
    await ending;
  });

  it.each([
    ['by whoever takes them', undefined] as const,
    ['by a fault', new FaultError({ code: 'cancelled' })] as const,
  ])('are ended for both %s', async (_, fault) => {
    const handover = new Handover();
    const making = handover.write(MEGABYTE);
    handover.stop(fault);
    await expect(making).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await expect(handover.next()).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await expect(handover.write(MEGABYTE)).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });
});
