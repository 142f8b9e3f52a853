import type Docker from 'dockerode';
import { EngineEvent } from '../engine/event-stream.ts';
import { readJsonLines } from '../engine/json-lines.ts';

/** Engines remember their last 256 events. */
const MOST_EVENTS = 256;
/** Attributes that say what happened; the others are labels, which are nobody's business. */
const TELLING = new Set(
  'image name type driver container destination exitCode execDuration execID signal oldName'.split(' '),
);

/** One of the questions to the engine, by its path. */
export async function getJson(docker: Docker, path: string, now: number): Promise<unknown> {
  const [, id, what] = /^\/containers\/([0-9a-f]+)\/(json|top)$/.exec(path) ?? [];
  if (id !== undefined) {
    const container = docker.getContainer(id);
    return what === 'top' ? container.top() : container.inspect();
  }
  const image = /^\/images\/([0-9a-z:]+)\/json$/.exec(path)?.[1];
  if (image !== undefined) return docker.getImage(image).inspect();
  switch (path) {
    case '/_ping':
      return String(await docker.ping());
    case '/version':
      return docker.version();
    case '/info':
      return docker.info();
    case '/containers/json':
      return docker.listContainers({ all: true });
    case '/images/json':
      return docker.listImages();
    case '/volumes':
      return docker.listVolumes();
    case '/events':
      return pastEvents(docker, now);
    default:
      return docker.listNetworks();
  }
}

/** What happened up to now, by the engine's own clock where it tells it: a time to come would keep the stream open. */
async function pastEvents(docker: Docker, now: number): Promise<unknown> {
  const { SystemTime } = (await docker.info()) as { readonly SystemTime?: unknown };
  const told = typeof SystemTime === 'string' ? Date.parse(SystemTime) : Number.NaN;
  const until = Math.floor((Number.isNaN(told) ? now : told) / 1_000);
  const stream = await docker.getEvents({ since: 1, until });
  const events: unknown[] = [];
  for await (const line of readJsonLines(stream as NodeJS.ReadableStream & AsyncIterable<Buffer>)) {
    const event = EngineEvent.safeParse('value' in line ? line.value : undefined);
    if (!event.success) continue;
    events.push(toldEvent(event.data));
    if (events.length >= MOST_EVENTS) break;
  }
  return events;
}

/** `exec_create: cmd /c ...` without the command: what somebody runs is not asked. */
function toldEvent({ Type, Action, Actor, time, timeNano }: EngineEvent): object {
  const attributes = Object.entries(Actor.Attributes ?? {}).filter(([name]) => TELLING.has(name));
  const action = Action.split(':')[0] ?? '';
  return { Type, Action: action, Actor: { ID: Actor.ID, Attributes: Object.fromEntries(attributes) }, time, timeNano };
}
