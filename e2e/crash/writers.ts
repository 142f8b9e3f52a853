import { readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Journal } from '../../electron/services/journal/journal.ts';
import { testSealer } from '../../electron/services/secrets/testing/test-sealer.ts';
import { diskFiles } from '../../electron/services/settings/files.ts';
import { Preferences } from '../../electron/services/settings/preferences.ts';
import { writeUserFile } from '../../electron/shells/cli/write-user-file.ts';
import { logFiles, openEventLog } from '../../electron/shells/serving/event-log.ts';
import { keptFile } from '../../electron/shells/window/kept-file.ts';
import { EMPTY_MEMORY, WindowMemory } from '../../electron/shells/window/window-memory.ts';
import { systemClock } from '../../shared/base/clock.ts';
import type { IsolationTable } from '../../shared/domain/isolation-test.ts';
import type { Profile } from '../../shared/domain/profile.ts';

type Age = 'old' | 'new';

/** One thing that the program keeps, written and read by the program's own code. */
export interface Writer {
  /** Makes the folder as it was before. Absent: by writing `old`. */
  prepare?(folder: string): Promise<void>;
  write(folder: string, age: Age): Promise<void>;
  /** What the next start finds, as far as it tells old from new. */
  read(folder: string): Promise<unknown>;
  readonly old: unknown;
  readonly new: unknown;
}

const preferencesOf = (folder: string): Preferences =>
  new Preferences(systemClock, diskFiles(folder, systemClock), [testSealer]);

const profileOf = (age: Age): Profile => ({
  name: 'mine',
  title: age,
  description: 'A profile of the user.',
  command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-m', '{mountPoint}'],
  kind: 'disk',
  defaults: { mountPoint: 'M:' },
});

const tableOf = (age: Age): IsolationTable => ({
  id: age,
  takenAt: '2026-11-22T00:00:00.000Z',
  host: {
    id: 'local',
    facts: {
      machineName: 'BOX',
      build: 26_100,
      revision: 1,
      displayVersion: '24H2',
      edition: 'Pro',
      productType: 'client',
      architecture: 'x64',
    },
  },
  simulated: false,
  image: 'servercore',
  plainUnc: false,
  missing: [],
  cells: [],
  left: [],
});

const memoryOf = (folder: string) =>
  keptFile({ file: join(folder, 'window.json'), schema: WindowMemory, otherwise: EMPTY_MEMORY, log: () => undefined });

/** Two segments at least, so that a file is begun and one is dropped on the way. */
const journalOf = (folder: string): Journal =>
  new Journal(systemClock, { folder, limits: { segmentBytes: 600, keptBytes: 100_000 } });
const JOURNAL_LINES = 5;

async function noteLines(folder: string, age: Age): Promise<void> {
  const journal = journalOf(folder);
  for (let line = 0; line < JOURNAL_LINES; line++) {
    journal.note({ source: 'launch', what: 'launch.succeeded', subject: `${age} ${line}`, data: { line } });
    await journal.read({ after: 0, limit: 1 });
  }
  await journal.close();
}

/** Subjects of whole lines. Each of the old ones must be there, and of the new ones a beginning. */
async function readLines(folder: string): Promise<unknown> {
  const journal = journalOf(folder);
  const { entries } = await journal.read({ after: 0, limit: 1_000 });
  await journal.close();
  const subjects = entries.filter(({ what }) => what === 'launch.succeeded').map(({ subject }) => subject);
  const olds = subjects.filter(subject => subject.startsWith('old'));
  const news = unlike(subjects.filter(subject => subject.startsWith('new')));
  const isBeginning = news.every((subject, line) => subject === `new ${line}`);
  const isNumbered = entries.every(({ sequence }, place) => sequence === place + 1);
  return olds.length === JOURNAL_LINES && isBeginning && isNumbered ? 'whole' : { olds, news, isNumbered };
}

/** The next start writes its own once more. */
const unlike = (names: readonly string[]): string[] => [...new Set(names)];

const LOG_FILL = 1024 * 1024 - 100;

/** Where the window stood, by age. */
const PLACES: Readonly<Record<Age, number>> = { old: 1, new: 2 };

/** Everything that Siloscope writes to a disk of the user's, by name. Of a host key, which is one line added: known-hosts.test.ts. */
export const WRITERS: Readonly<Record<string, Writer>> = {
  settings: {
    write: async (folder, age) => void (await preferencesOf(folder).write({ startHidden: age === 'new' })),
    read: async folder => (await preferencesOf(folder).settings()).startHidden,
    old: false,
    new: true,
  },
  'settings that are spoilt': {
    async prepare(folder) {
      await preferencesOf(folder).write({ startHidden: true });
      await writeFile(join(folder, 'settings.json'), '{"startHidden": tr');
    },
    write: async folder => void (await preferencesOf(folder).settings()),
    async read(folder) {
      const preferences = preferencesOf(folder);
      const { startHidden } = await preferences.settings();
      const asides = (await readdir(folder)).filter(name => name.includes('.broken-'));
      const texts = await Promise.all(asides.map(name => readFile(join(folder, name), 'utf8')));
      const isKept = (await preferences.notices()).length > 0 || texts.includes('{"startHidden": tr');
      return { startHidden, isKept };
    },
    old: { startHidden: true, isKept: true },
    new: { startHidden: true, isKept: true },
  },
  profiles: {
    write: async (folder, age) => void (await preferencesOf(folder).saveProfile(profileOf(age))),
    read: async folder => (await preferencesOf(folder).profiles()).at(-1)?.title,
    old: 'old',
    new: 'new',
  },
  'the policy and what it accepts': {
    write: (folder, age) =>
      preferencesOf(folder).savePolicy({
        name: age,
        rules: [],
        acceptances: [
          { code: 'unc-leak', uncPrefix: '\\a\\b', seenFrom: 'anywhere', reason: age, until: '2027-01-01' },
        ],
      }),
    read: async folder => (await preferencesOf(folder).policy()).policy.acceptances?.[0]?.reason,
    old: 'old',
    new: 'new',
  },
  workspaces: {
    write: (folder, age) =>
      preferencesOf(folder).workspaces.save({
        name: 'everyday',
        title: age,
        items: [{ name: 'scratch', launch: { profile: 'memfs-disk' } }],
      }),
    read: async folder => (await preferencesOf(folder).workspaces.find('everyday')).title,
    old: 'old',
    new: 'new',
  },
  secrets: {
    write: async (folder, age) => void (await preferencesOf(folder).secrets.set('key', age)),
    read: folder => preferencesOf(folder).secrets.open('key'),
    old: 'old',
    new: 'new',
  },
  'recent launches': {
    write: (folder, age) => preferencesOf(folder).recent.note({ profile: age }),
    read: async folder => (await preferencesOf(folder).recent.read()).map(({ profile }) => profile),
    old: ['old'],
    new: ['new', 'old'],
  },
  "tables of the isolation's self-test": {
    write: (folder, age) => preferencesOf(folder).isolation.keep(tableOf(age)),
    read: async folder => unlike((await preferencesOf(folder).isolation.read(false)).map(({ id }) => id)),
    old: ['old'],
    new: ['old', 'new'],
  },
  'what the window remembers': {
    async write(folder, age) {
      const memory = memoryOf(folder);
      memory.keep({ ...EMPTY_MEMORY, bounds: { x: PLACES[age], y: 0, width: 800, height: 600 } });
      await memory.written();
    },
    read: folder => Promise.resolve(memoryOf(folder).value.bounds?.x),
    old: PLACES.old,
    new: PLACES.new,
  },
  'the journal': { write: noteLines, read: readLines, old: 'whole', new: 'whole' },
  "the app's own log": {
    async prepare(folder) {
      openEventLog(folder, systemClock).write({
        level: 'info',
        source: 'window',
        what: 'old',
        data: { fill: 'x'.repeat(LOG_FILL) },
      });
    },
    write(folder, age) {
      const log = openEventLog(folder, systemClock);
      for (let line = 0; line < 3; line++) log.write({ level: 'info', source: 'window', what: age });
      return Promise.resolve();
    },
    read(folder) {
      openEventLog(folder, systemClock).write({ level: 'info', source: 'window', what: 'next' });
      const lines = logFiles(folder).flatMap(file =>
        statSync(file, { throwIfNoEntry: false }) === undefined ? [] : readFileSync(file, 'utf8').split('\n'),
      );
      const kept = ['old', 'next'].filter(what => lines.some(line => whatOf(line) === what));
      return Promise.resolve(kept);
    },
    old: ['old', 'next'],
    new: ['old', 'next'],
  },
  'a file that the user named': {
    write: (folder, age) =>
      mkdir(folder, { recursive: true }).then(() => writeUserFile(join(folder, 'out.json'), age, '--output')),
    read: folder => readFile(join(folder, 'out.json'), 'utf8'),
    old: 'old',
    new: 'new',
  },
};

function whatOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { readonly what?: unknown }).what;
  } catch {
    return undefined;
  }
}
