import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { FarAgent } from './far-agent.ts';

const RUNS = { numRuns: 10_000 };
const { signal } = new AbortController();

/** What a far side may say where an answer is awaited: another answer, half of one, words of PowerShell, anything. */
const line = fc.oneof(
  fc
    .record(
      {
        id: fc.oneof(fc.constantFrom(0, 2, -1), fc.jsonValue({ maxDepth: 1 })),
        entries: fc.jsonValue({ maxDepth: 3 }),
        target: fc.jsonValue(),
        status: fc.jsonValue(),
        step: fc.constantFrom('open', 'close'),
        ntStatus: fc.double(),
        at: fc.string(),
        bytes: fc.string(),
        ready: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map(answer => JSON.stringify(answer)),
  fc.string({ unit: 'binary' }).map(text => text.replaceAll('\n', '')),
  fc.constantFrom('', '#< CLIXML', '<Objs Version="1.1.0.1">', '{"id":', '[', 'x'.repeat(5_000)),
);
const ANSWER = '{"id":1,"entries":[["Mup","Device"]]}';

it('an agent is heard among whatever else its far side says, and what it says harms nobody', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 5 }),
      fc.array(line, { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 64 }),
      fc.boolean(),
      async (before, after, end, size, answers) => {
        const channel = Object.assign(new PassThrough({ write: (_chunk, _encoding, done) => done() }), {
          stderr: new PassThrough(),
          close: () => undefined,
        });
        const agent = new FarAgent({ exec: () => Promise.resolve(channel) }, new ManualClock());
        const asked = agent.ask({ verb: 'list', path: '\\' }, signal).then(
          told => ({ told }),
          (caught: unknown) => ({ code: faultOf(caught).code }),
        );
        // The first turn starts the agent, the second sends the question.
        await new Promise(resolve => {
          setImmediate(resolve);
        });
        channel.emit('data', `{"ready":1}${end}`);
        await new Promise(resolve => {
          setImmediate(resolve);
        });
        const mine = answers ? [ANSWER] : [];
        const text = [...before, ...mine, ...after].map(one => `${one}${end}`).join('');
        for (let at = 0; at < text.length; at += size) channel.emit('data', text.slice(at, at + size));
        channel.emit('close');
        expect(await asked).toEqual(
          answers ? { told: { id: 1, entries: [['Mup', 'Device']] } } : { code: 'command-failed' },
        );
        agent.dispose();
      },
    ),
    RUNS,
  );
}, 60_000);
