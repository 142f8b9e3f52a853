import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { EngineEvent } from '../engine/event-stream.ts';

/** Actions worth a line in the timeline, as past participles. Execs are left out: most are our own looks. */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  container: {
    create: 'created',
    start: 'started',
    die: 'ended',
    stop: 'stopped',
    kill: 'killed',
    restart: 'restarted',
    pause: 'paused',
    unpause: 'unpaused',
    rename: 'renamed',
    destroy: 'removed',
  },
  image: { pull: 'pulled', tag: 'tagged', untag: 'untagged', delete: 'removed', import: 'imported', load: 'loaded' },
};

/** The line of the timeline for an event of the engine, if it gets one. */
export function engineNote(event: EngineEvent): JournalNote | undefined {
  const participle = TOLD[event.Type]?.[event.Action];
  if (participle === undefined) return undefined;
  const attributes = event.Actor.Attributes ?? {};
  const { name, image, exitCode } = attributes;
  const { timeNano } = event;
  return {
    source: 'engine',
    what: `${event.Type}.${participle}`,
    subject: name ?? event.Actor.ID,
    data: {
      id: event.Actor.ID,
      ...(image === undefined ? {} : { image }),
      ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
      // Tells one event from the next, when several processes hear it.
      ...(timeNano === 0 ? {} : { engineTime: String(timeNano) }),
    },
  };
}
