import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import type { ProbeTarget } from '../../host.ts';
import { forkHelper } from '../helper-process.ts';
import { Prober } from './prober.ts';

const named = (rest: string): ProbeTarget => ({ by: 'drive', mountPoint: 'Z:', rest });

describe('probing in a process of its own', () => {
  let prober: Prober;
  beforeEach(() => {
    const script = new URL('./testing/prober-by-name.mjs', import.meta.url);
    prober = new Prober({ clock: systemClock, startHelper: () => forkHelper(script) });
  });
  afterEach(() => prober.dispose());

  it.each([
    ['missing', { outcome: 'not-found', status: 0xc00000be, statusName: 'STATUS_BAD_NETWORK_PATH' }],
    ['denied', { outcome: 'denied', status: 0xc0000022, statusName: 'STATUS_ACCESS_DENIED' }],
    ['odd', { outcome: 'failed', status: 0xc0000120, statusName: 'STATUS_CANCELLED' }],
    ['folder', { outcome: 'opened', winfsp: false, directory: true }],
  ])('answers for %s', async (rest, expected) => {
    expect(await prober.probe(named(rest))).toEqual({ path: `Z:\\${rest}`, elapsedMs: 1, ...expected });
  });

  it('gives up on one that hangs, and has another for the next', async () => {
    expect(await prober.probe(named('hangs'), { timeoutMs: 30 })).toMatchObject({ outcome: 'timed-out' });
    expect(await prober.probe(named('folder'))).toMatchObject({ outcome: 'opened' });
  });

  it('asks the same process again while it answers', async () => {
    const first = await prober.probe(named('file'), { readBytes: 64 });
    const second = await prober.probe(named('file'), { readBytes: 64 });
    expect(first).toEqual(second);
    expect(first).toMatchObject({ content: expect.any(Uint8Array) });
  });

  it('serves many at once, each with its own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) => prober.probe(named(at % 2 === 0 ? 'missing' : 'folder'))),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 'not-found' : 'opened')),
    );
  });

  it('is not held up by those that hang', async () => {
    const hanging = Array.from({ length: 4 }, () => prober.probe(named('hangs'), { timeoutMs: 100 }));
    expect(await prober.probe(named('folder'))).toMatchObject({ outcome: 'opened' });
    expect((await Promise.all(hanging)).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'timed-out'),
    );
  });

  it.each([
    ['ends', named('dies'), { code: 'command-failed', exitCode: 3 }],
    ['is asked for a path with a NUL', named('a\0b'), { code: 'invalid-input' }],
  ])('fails clearly when its process %s', async (_what, target, fault) => {
    expect(await faultOf(prober.probe(target))).toMatchObject(fault);
  });

  it('is called off by its signal, even in the middle', async () => {
    expect(await faultOf(prober.probe(named('folder'), { signal: AbortSignal.abort() }))).toEqual({
      code: 'cancelled',
    });
    const asker = new AbortController();
    const asked = faultOf(prober.probe(named('hangs'), { signal: asker.signal }));
    setTimeout(() => asker.abort(), 20);
    expect(await asked).toEqual({ code: 'cancelled' });
  });

  it('is called off while it waits for its turn', async () => {
    const hanging = Array.from({ length: 4 }, () => prober.probe(named('hangs'), { timeoutMs: 400 }));
    const asker = new AbortController();
    const asked = faultOf(prober.probe(named('folder'), { signal: asker.signal }));
    setTimeout(() => asker.abort(), 20);
    expect(await Promise.race([asked, Promise.all(hanging)])).toEqual({ code: 'cancelled' });
    await Promise.all(hanging);
    expect(await prober.probe(named('folder'))).toMatchObject({ outcome: 'opened' });
  });
});

async function faultOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (caught: unknown) => (caught instanceof FaultError ? caught.fault : caught),
  );
}
