import { Emitter } from '../../../../shared/base/emitter.ts';
import type { Filters } from './filters.ts';
import { type NanoTime, secondsOf } from './nano-time.ts';

export type EventType = 'container' | 'image' | 'volume' | 'network' | 'daemon' | 'builder';

export interface EngineEvent {
  readonly type: EventType;
  readonly action: string;
  readonly actor: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly at: bigint;
  /** The wire form, one JSON object and a line feed: made once for all subscribers. */
  readonly line: string;
}

/** How many events can be asked for again. Ground: moby daemon/events/events.go. */
const REPLAYABLE = 256;

/** Everything that happened, the last 256 of it for replay, and those who listen. */
export class EventLog {
  readonly #time: NanoTime;
  readonly #held: EngineEvent[] = [];
  readonly #news = new Emitter<EngineEvent>();

  constructor(time: NanoTime) {
    this.#time = time;
  }

  get listeners(): number {
    return this.#news.listenerCount;
  }

  log(type: EventType, action: string, actor: string, attributes: Readonly<Record<string, string>>): void {
    const at = this.#time.now();
    const event = { type, action, actor, attributes, at, line: lineOf(type, action, actor, attributes, at) };
    this.#held.push(event);
    if (this.#held.length > REPLAYABLE) this.#held.shift();
    this.#news.emit(event);
  }

  /** What is still held, from `since` to `until` (nanoseconds, inclusive). */
  replay(since: bigint | undefined, until: bigint | undefined): readonly EngineEvent[] {
    if (since === undefined && until === undefined) return [];
    return this.#held.filter(
      event => (since === undefined || event.at >= since) && (until === undefined || event.at <= until),
    );
  }

  on(listener: (event: EngineEvent) => void): () => void {
    return this.#news.on(listener);
  }
}

/** Keys and their order as engine 28 writes them; the legacy keys for containers and images only. */
function lineOf(
  type: EventType,
  action: string,
  actor: string,
  attributes: Readonly<Record<string, string>>,
  at: bigint,
): string {
  const legacy =
    type === 'container'
      ? { status: action, id: actor, ...(attributes['image'] === undefined ? {} : { from: attributes['image'] }) }
      : type === 'image'
        ? { status: action, ...(actor === '' ? {} : { id: actor }) }
        : {};
  const event = {
    ...legacy,
    Type: type,
    Action: action,
    Actor: { ID: actor, Attributes: attributes },
    scope: 'local',
    time: secondsOf(at),
  };
  // A 64-bit number has no place in a JavaScript number: it is written by hand.
  return `${JSON.stringify(event).slice(0, -1)},"timeNano":${at}}\n`;
}

export const EVENT_FILTERS = [
  'config',
  'container',
  'daemon',
  'event',
  'image',
  'label',
  'network',
  'node',
  'plugin',
  'scope',
  'secret',
  'service',
  'type',
  'volume',
];

/** Whether an event passes the filters of `docker events`. Ground: moby daemon/events/filter.go. */
export function passes(event: EngineEvent, filters: Filters): boolean {
  const of = (type: EventType): boolean =>
    !filters.has(type) || (event.type === type && filters.prefix(type, event.actor, event.attributes['name'] ?? ''));
  return (
    filters.exact('type', event.type) &&
    filters.some(
      'event',
      wanted => event.action === wanted || (/^(exec_|health_)/.test(wanted) && event.action.startsWith(wanted)),
    ) &&
    filters.exact('scope', 'local') &&
    filters.labels('label', event.attributes) &&
    of('container') &&
    of('network') &&
    of('volume') &&
    of('daemon') &&
    imagePasses(event, filters) &&
    ['config', 'node', 'plugin', 'secret', 'service'].every(kind => !filters.has(kind))
  );
}

function imagePasses(event: EngineEvent, filters: Filters): boolean {
  if (!filters.has('image')) return true;
  const name = event.attributes[event.type === 'image' ? 'name' : 'image'] ?? '';
  const bare = name.replace(/:[^/:]*$/, '');
  return filters.some('image', wanted => [event.actor, name, bare].includes(wanted));
}
