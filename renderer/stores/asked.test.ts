import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { createAskedStore } from './asked.ts';

/** A question whose answers are given by hand, in the order of the asking. */
function question() {
  const askings: { answer(value: string): void; fail(): void }[] = [];
  const ask = (): Promise<string> =>
    new Promise((resolve, reject) => {
      askings.push({
        answer: resolve,
        fail: () => reject(new FaultError({ code: 'timed-out', what: 'it', afterMs: 1 })),
      });
    });
  return { askings, ask };
}

const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));

describe('a question', () => {
  it('is asked once, however many want it', async () => {
    const { askings, ask } = question();
    const asked = createAskedStore(ask, () => 7);
    asked.want();
    asked.want();
    expect(askings.length).toBe(1);
    expect(asked.store.getState()).toEqual({ kind: 'waiting' });
    askings[0]?.answer('one');
    await settled();
    expect(asked.store.getState()).toEqual({ kind: 'known', value: 'one', at: 7, asking: false });
  });

  it('is not asked by news before anybody wants it', () => {
    const { askings, ask } = question();
    createAskedStore(ask, () => 0).freshen();
    expect(askings).toEqual([]);
  });

  it('is asked once more, not ten times more, when ten news come while it is under way', async () => {
    const { askings, ask } = question();
    const asked = createAskedStore(ask, () => 0);
    asked.want();
    for (let news = 0; news < 10; news++) asked.freshen();
    askings[0]?.answer('old');
    await settled();
    expect(askings.length).toBe(2);
    askings[1]?.answer('new');
    await settled();
    expect(askings.length).toBe(2);
    expect(asked.store.getState()).toMatchObject({ kind: 'known', value: 'new' });
  });

  it('keeps its last answer, marked, when a later asking fails', async () => {
    const { askings, ask } = question();
    const asked = createAskedStore(ask, () => 3);
    asked.want();
    askings[0]?.answer('kept');
    await settled();
    asked.freshen();
    askings[1]?.fail();
    await settled();
    expect(asked.store.getState()).toEqual({
      kind: 'known',
      value: 'kept',
      at: 3,
      asking: false,
      fault: { code: 'timed-out', what: 'it', afterMs: 1 },
    });
  });

  it('is a fault when nothing was ever known, and heals', async () => {
    const { askings, ask } = question();
    const asked = createAskedStore(ask, () => 0);
    asked.want();
    askings[0]?.fail();
    await settled();
    expect(asked.store.getState()).toMatchObject({ kind: 'faulted', asking: false });
    asked.freshen();
    askings[1]?.answer('there');
    await settled();
    expect(asked.store.getState()).toMatchObject({ kind: 'known', value: 'there' });
  });
});
