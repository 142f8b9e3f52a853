import type { Clock } from '../../shared/base/clock.ts';
import { sleep } from '../../shared/base/clock.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { Hub } from '../../shared/wire/hub.ts';
import type { FakeSilo, Story } from './fake-story.ts';

export const WINFSP = 'C:\\Program Files (x86)\\WinFsp';

/** What the parts of a fake host share: what is there now, and how a change is told. */
export class FakeWorld {
  readonly story: Story;
  readonly journal: JournalEntry[] = [];
  revision = 1;
  fsdRunning: boolean;
  silos: readonly FakeSilo[];
  readonly #clock: Clock;
  readonly #pace: number;
  #hub: Hub<Contract> | undefined;

  /** `pace`: how long things take, against the real ones. */
  constructor(story: Story, clock: Clock, pace: number) {
    this.story = story;
    this.#clock = clock;
    this.#pace = pace;
    this.fsdRunning = story.fsdRunning;
    this.silos = story.silos;
  }

  /** Who is told; set once, when the handlers are there. */
  get hub(): Hub<Contract> {
    if (this.#hub === undefined) throw new TypeError('nobody is served yet');
    return this.#hub;
  }

  set hub(hub: Hub<Contract>) {
    this.#hub = hub;
  }

  iso(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  pause(ms: number, signal: AbortSignal): Promise<void> {
    return sleep(this.#clock, ms * this.#pace, signal);
  }

  note(what: string, subject: string, source: JournalEntry['source'] = 'engine'): void {
    const data = what.startsWith('volume.') ? { kind: 'network', namespace: 'silo:8' } : {};
    const entry: JournalEntry = { sequence: this.journal.length + 1, at: this.iso(), source, what, subject, data };
    this.journal.push(entry);
    this.hub.announce('journal.appended', entry);
  }

  change(what: 'fsd' | 'engine' | 'containers' | 'host'): void {
    this.revision += 1;
    this.hub.announce('snapshot.changed', { revision: this.revision, what });
  }
}
