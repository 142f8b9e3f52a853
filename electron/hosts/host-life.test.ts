import { describe, expect, it } from 'vitest';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import { HostLife } from './host-life.ts';

const LOST: Fault = { code: 'host-unreachable', host: 'a host', reason: 'the plug was pulled' };
const CLOSED: Fault = { code: 'host-unreachable', host: 'a host', reason: 'it was closed' };

/** A question that is answered by nothing but its signal. */
const patiently = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
  });

const faultAt = (asked: Promise<unknown>): Promise<Fault | undefined> => asked.then(() => undefined, faultOf);

describe('the life of a host', () => {
  it('answers, and lets a failure through, while it lasts', async () => {
    const life = new HostLife();
    expect(await life.ask(undefined, () => 'yes')).toBe('yes');
    expect(await life.ask(undefined, async () => 'later')).toBe('later');
    await expect(life.ask(undefined, () => Promise.reject(new Error('of its own')))).rejects.toThrow('of its own');
    expect(life.ended).toBeUndefined();
  });

  it('does not even ask for somebody who has gone', async () => {
    const life = new HostLife();
    let asked = 0;
    const gone = life.ask(AbortSignal.abort(), () => asked++);
    expect(await faultAt(gone)).toEqual({ code: 'cancelled' });
    expect(asked).toBe(0);
  });

  it('hands an asker’s going on, with its reason', async () => {
    const life = new HostLife();
    const asker = new AbortController();
    let reason: unknown;
    const asked = life.ask(asker.signal, signal => {
      signal.addEventListener('abort', () => {
        reason = signal.reason;
      });
      return patiently(signal);
    });
    asker.abort('enough');
    await expect(asked).rejects.toThrow('given up');
    expect(reason).toBe('enough');
  });

  it('ends once, and tells whoever waits before whoever listens', async () => {
    const life = new HostLife();
    const told: string[] = [];
    const waiting = life.ask(undefined, signal => {
      signal.addEventListener('abort', () => told.push('the asker'));
      return patiently(signal);
    });
    const undo = life.onLost(() => told.push('nobody any more'));
    life.onLost(fault => told.push(`a listener: ${fault.code}`));
    undo();
    life.lose(LOST);
    life.lose(CLOSED);
    life.close(CLOSED);
    expect(told).toEqual(['the asker', 'a listener: host-unreachable']);
    expect(await faultAt(waiting)).toEqual(LOST);
    expect(await faultAt(life.ask(undefined, () => 'too late'))).toEqual(LOST);
    expect(life.ended).toEqual(LOST);
  });

  it('is closed without a word to its listeners', async () => {
    const life = new HostLife();
    const told: Fault[] = [];
    life.onLost(fault => told.push(fault));
    const waiting = life.ask(undefined, patiently);
    life.close(CLOSED);
    life.lose(LOST);
    expect(told).toEqual([]);
    expect(await faultAt(waiting)).toEqual(CLOSED);
    expect(() => life.mustAnswer()).toThrow();
  });
});
