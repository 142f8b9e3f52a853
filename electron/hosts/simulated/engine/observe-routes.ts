import type { AnswerStream } from './answer.ts';
import { type Answer, empty, json } from './answer.ts';
import { badRequest, conflict, serverError } from './api-error.ts';
import type { Call, Route } from './call.ts';
import type { Container } from './container.ts';
import { logContainer } from './container-events.ts';
import type { EngineState } from './engine-state.ts';
import { humanSize } from './human-size.ts';
import { statsSample, streamStats } from './stats.ts';

/** top, stats, wait and resize. */
export function observeRoutes(state: EngineState): readonly Route[] {
  const named = (call: Call): Container => state.containers.get(call.parameter());
  return [
    ['GET', '/containers/{}/top', call => json(top(named(call), call.text('ps_args') ?? ''))],
    ['GET', '/containers/{}/stats', call => stats(state, named(call), call)],
    ['POST', '/containers/{}/wait', call => wait(named(call), call.text('condition') ?? '')],
    ['POST', '/containers/{}/resize', call => resize(state, named(call), call)],
  ];
}

/** CPU as HH:MM:SS.mmm, from 100 ns units. Ground: moby daemon/top_windows.go. */
function cpuTime(units: number): string {
  const milliseconds = Math.floor(units / 10_000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1_000) % 60]
    .map(two)
    .join(':');
  return `${clock}.${String(milliseconds % 1_000).padStart(3, '0')}`;
}

function top(container: Container, psArguments: string): unknown {
  if (psArguments !== '') throw serverError('Windows does not support arguments to top');
  const run = container.run;
  if (run === undefined) throw conflict(`container ${container.id} is not running`);
  return {
    Titles: ['Name', 'PID', 'CPU', 'Private Working Set'],
    Processes: run.system.processes().map(process => {
      const { kernelTime, userTime, privateWorkingSet } = process.counters();
      return [
        process.imageName,
        String(process.processId),
        cpuTime(kernelTime + userTime),
        humanSize(privateWorkingSet),
      ];
    }),
  };
}

async function stats(state: EngineState, container: Container, call: Call): Promise<Answer> {
  const stream = call.text('stream') === undefined || call.flag('stream');
  if (!stream) {
    return json(await statsSample(state, container, { oneShot: call.flag('one-shot'), signal: call.signal }));
  }
  return {
    kind: 'stream',
    contentType: 'application/json',
    run: (to, signal) => streamStats(state, container, to, signal),
  };
}

/** Status and headers go out at once, the body at the end: `docker run` waits for the headers before it starts. */
function wait(container: Container, condition: string): Answer {
  if (!['', 'not-running', 'next-exit', 'removed'].includes(condition))
    throw badRequest(`invalid condition: "${condition}"`);
  const answer = (to: AnswerStream, code: number): Promise<void> =>
    to.write(`${JSON.stringify({ StatusCode: code })}\n`);
  const still = container.run === undefined && container.state.status !== 'restarting';
  if (still && (condition === '' || condition === 'not-running')) {
    return json({ StatusCode: container.state.exitCode });
  }
  const over = new Promise<number>(resolve => {
    const source = condition === 'removed' ? container.removals : container.exits;
    const undo = source.on(() => {
      undo();
      resolve(container.state.exitCode);
    });
  });
  return {
    kind: 'stream',
    contentType: 'application/json',
    async run(to, signal) {
      const gone = new Promise<undefined>(resolve =>
        signal.addEventListener('abort', () => resolve(undefined), { once: true }),
      );
      const code = await Promise.race([over, gone]);
      if (code !== undefined) await answer(to, code);
    },
  };
}

/** `h` and `w` of a resize, refused in the daemon's words. */
export function sizeOf(call: Call): { readonly rows: number; readonly columns: number } {
  const read = (name: 'h' | 'w', word: string): number => {
    const text = call.text(name) ?? '';
    if (!/^\d+$/.test(text)) throw badRequest(`invalid resize ${word} "${text}": invalid syntax`);
    return Number(text);
  };
  return { rows: read('h', 'height'), columns: read('w', 'width') };
}

function resize(state: EngineState, container: Container, call: Call): Answer {
  const { rows, columns } = sizeOf(call);
  if (container.run === undefined) throw conflict(`container ${container.id} is not running`);
  container.run.process.resize(rows, columns);
  logContainer(state, container, 'resize', { height: String(rows), width: String(columns) });
  return empty(200);
}
