import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/base/clock.ts';
import { faultOf } from '../../shared/contract/fault.ts';
import { RecordedAnswer, type Recording } from '../../shared/domain/recording.ts';
import { createReplayHost } from '../hosts/recording/replay-host.ts';
import { createServices } from './services.ts';
import { openSimulatedServices, scenarioNamed } from './testing/simulated-services.ts';

let recording: Recording;
beforeAll(async () => {
  const services = await openSimulatedServices(await scenarioNamed('winfsp-container-support'));
  recording = await services.call('host.record', {});
  await services.dispose();
});

const text = fc.oneof(
  fc.constantFrom('', ' ', '\r\n', '[', '{"Id":1}', '\\Device\\Volume{}', 'Y:', '\u0000', '9'.repeat(400)),
  fc.string({ unit: 'binary' }),
);

/** What becomes of one answer: other text, a cut, other types, a fault. */
const damage: fc.Arbitrary<(answer: RecordedAnswer) => unknown> = fc.oneof(
  text.map(said => (answer: RecordedAnswer) => ({ ...answer, answer: anew(answer, said) })),
  fc.nat(2_000).map(at => (answer: RecordedAnswer) => ({ ...answer, answer: cut(answer, at) })),
  fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 1 })).map(([at, value]) => (answer: RecordedAnswer) => ({
    ...answer,
    answer: swapped(answer.answer, { at: at % 60 }, value),
  })),
  fc.constant((answer: RecordedAnswer) => ({ ...answer, answer: { fault: 'timed-out' } })),
);

function anew({ ask, answer }: RecordedAnswer, said: string): unknown {
  if (ask === 'run') return { exitCode: 0, stdout: said, stderr: said };
  if (ask === 'list')
    return {
      entries: [
        [said, 'SymbolicLink'],
        [said, said],
      ],
    };
  return ask === 'link' ? { target: said } : 'body' in answer ? { body: said } : answer;
}

function cut({ ask, answer }: RecordedAnswer, at: number): unknown {
  if (ask === 'run' && 'stdout' in answer) return { ...answer, stdout: answer.stdout.slice(0, at) };
  if (ask === 'list' && 'entries' in answer) return { entries: answer.entries.slice(0, at % 4) };
  return ask === 'link' && 'target' in answer ? { target: answer.target.slice(0, at % 40) } : answer;
}

/** The value with the one that is `at` places into it replaced. */
function swapped(value: unknown, count: { at: number }, by: unknown): unknown {
  if (count.at-- === 0) return by;
  if (Array.isArray(value)) return value.map(one => swapped(one, count, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, swapped(one, count, by)]));
}

const damages = fc.array(fc.tuple(fc.nat(), damage), { minLength: 1, maxLength: 6 });

/** The recording with some answers damaged; what is no answer any more is left out, as if it had not been asked. */
function damaged(how: readonly (readonly [number, (answer: RecordedAnswer) => unknown])[]): Recording {
  const answers: RecordedAnswer[] = [...recording.answers];
  for (const [at, harm] of how) {
    const index = at % answers.length;
    const answer = answers[index];
    const made = RecordedAnswer.safeParse(answer === undefined ? undefined : harm(answer));
    answers.splice(index, 1, ...(made.success ? [made.data] : []));
  }
  return { ...recording, answers };
}

describe('a host whose answers are damaged, cut or of other types', () => {
  it('is answered for by a verdict, or by a fault that names its cause', async () => {
    await fc.assert(
      fc.asyncProperty(damages, async how => {
        const host = createReplayHost(damaged(how));
        const services = createServices(host, { clock: systemClock });
        const context = { signal: new AbortController().signal, progress: () => undefined };
        const { handlers } = services;
        const asked = await Promise.allSettled([
          handlers['readiness.check']({}, context),
          handlers['inspection.take']({ probe: false, canary: false, plainUnc: false, elevate: 'no' }, context),
          handlers['host.record']({ elevate: 'no' }, context),
        ]);
        await services.dispose();
        await host.dispose();
        const faults = asked.flatMap(one => (one.status === 'rejected' ? [faultOf(one.reason)] : []));
        expect(faults.filter(({ code }) => code === 'bug')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  }, 120_000);
});
