import type { Answer } from './answer.ts';
import type { Call, Route } from './call.ts';
import type { EngineState } from './engine-state.ts';
import { type EngineEvent, EVENT_FILTERS, passes } from './event-log.ts';
import { parseFilters } from './filters.ts';
import { checkRange, timeOf } from './logs-routes.ts';
import { millisOf } from './nano-time.ts';

/** events: what happened since, and what happens from now on. */
export function eventsRoutes(state: EngineState): readonly Route[] {
  return [['GET', '/events', call => events(state, call)]];
}

function events(state: EngineState, call: Call): Answer {
  const filters = parseFilters(call.text('filters'), EVENT_FILTERS);
  const since = timeOf(call, 'since');
  const until = timeOf(call, 'until');
  checkRange(since, until);
  // Image `create` events are hidden from older clients.
  const wanted = (event: EngineEvent): boolean =>
    passes(event, filters) && !(call.parts.apiMinor < 46 && event.type === 'image' && event.action === 'create');
  return {
    kind: 'stream',
    contentType: 'application/json',
    async run(to, signal) {
      const leave: (() => void)[] = [];
      let sending: Promise<void> = Promise.resolve();
      const over = new Promise<void>(resolve => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        leave.push(
          state.events.on(event => {
            if (wanted(event)) sending = sending.then(() => to.write(event.line));
          }),
        );
        for (const event of state.events.replay(since, until)) {
          if (wanted(event)) sending = sending.then(() => to.write(event.line));
        }
        if (until !== undefined) {
          const { clock } = state.machine;
          const timer = clock.after(Math.max(0, millisOf(until) - clock.now()), resolve);
          leave.push(() => timer.dispose());
        }
      });
      await over;
      for (const undo of leave) undo();
      await sending;
    },
  };
}
