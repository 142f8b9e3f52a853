import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../shared/base/clock.ts';
import { LogStore } from './log-store.ts';
import { NanoTime } from './nano-time.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const chunk = fc.tuple(fc.constantFrom('stdout', 'stderr'), fc.stringMatching(/^[a-c\n]{0,12}$/));

describe('a log', () => {
  it('keeps every byte of each stream, line by line, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(chunk), chunks => {
        const log = new LogStore(new NanoTime(new ManualClock()));
        for (const [stream, text] of chunks) log.write(stream, Buffer.from(text));
        log.end();
        for (const stream of ['stdout', 'stderr'] as const) {
          const lines = log.lines
            .filter(line => line.stream === stream)
            .map(line => Buffer.from(line.bytes).toString());
          const written = chunks
            .filter(([to]) => to === stream)
            .map(([, text]) => text)
            .join('');
          expect(lines).toEqual(written.match(/[^\n]*\n|[^\n]+$/g) ?? []);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('gives each line a time of its own, in order', () => {
    const log = new LogStore(new NanoTime(new ManualClock()));
    log.write('stdout', Buffer.from('a\nb\nc\n'));
    const [first = 0n, second = 0n, third = 0n] = log.lines.map(line => line.at);
    expect([second - first, third - second]).toEqual([100n, 100n]);
  });

  it('cuts a line that has no end into parts of 16 KiB', () => {
    const log = new LogStore(new NanoTime(new ManualClock()));
    log.write('stdout', Buffer.alloc(40_000, 'x'));
    log.end();
    expect(log.lines.map(line => line.bytes.length)).toEqual([16_384, 16_384, 7_232]);
  });
});
