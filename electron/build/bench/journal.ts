import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../shared/base/clock.ts';
import type { JournalNote } from '../../../shared/domain/journal.ts';
import { Journal } from '../../services/journal/journal.ts';
import { median, milliseconds, type Row } from './table.ts';

const SILOS = 200;

/** A busy host: silos come and go, each with a network volume that leaks; between them the engine talks. */
function* story(lines: number): Generator<JournalNote> {
  for (let count = 0; count < lines; ) {
    const turn = Math.floor(count / 10);
    const silo = turn % SILOS;
    const id = `silo:${4 * (silo + 1)}`;
    const device = `\\Device\\Volume{${turn.toString(16).padStart(8, '0')}-bench}`;
    const old = `\\Device\\Volume{${(turn - SILOS).toString(16).padStart(8, '0')}-bench}`;
    const facts = {
      kind: 'network',
      namespace: id,
      home: `c${silo}`,
      uncPrefix: `\\c${silo}\\share`,
      mountPoints: ['Y:'],
    };
    const container = turn.toString(16).padStart(64, '0');
    const engine = (what: string): JournalNote => ({
      source: 'engine',
      what,
      subject: `c${silo}`,
      data: { id: container, image: 'mcr.microsoft.com/windows/servercore:ltsc2025', engineTime: `${what}${turn}` },
    });
    const told: JournalNote[] = [
      engine('container.died'),
      ...(turn < SILOS
        ? [engine('container.paused'), engine('container.unpaused')]
        : [
            { source: 'inspection', what: 'volume.gone', subject: old, data: { namespace: id } } as const,
            { source: 'silo', what: 'silo.departed', subject: `c${silo}`, data: { id } } as const,
          ]),
      engine('container.created'),
      engine('container.started'),
      { source: 'silo', what: 'silo.arrived', subject: `c${silo}`, data: { id, container } },
      { source: 'inspection', what: 'volume.appeared', subject: device, data: facts },
      { source: 'inspection', what: 'volume.leaked', subject: device, data: { ...facts, proof: 'namespace' } },
      { source: 'launch', what: 'launch.done', subject: `c${silo}`, data: { volumes: [device] } },
      { source: 'user', what: 'inspection.taken', subject: 'all volumes', data: { depth: ['probe'], volumes: SILOS } },
    ];
    for (const note of told) if (count++ < lines) yield note;
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** A journal of so many lines: opening it to its last page, and the state at any moment, beside reading its files raw. */
export async function measureJournal(lines: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'siloscope-bench-journal-'));
  try {
    // Time passes a second a line, so that moments lie apart.
    let now = Date.UTC(2026, 0, 1);
    const writing = new Journal({ now: () => now, after: (ms, act) => systemClock.after(ms, act) }, { folder });
    const written = await timed(async () => {
      let count = 0;
      for (const note of story(lines)) {
        writing.note(note);
        now += 1_000;
        if (++count % 20_000 === 0) await writing.follow();
      }
      await writing.close();
    });
    const names = (await readdir(folder)).filter(name => name.endsWith('.jsonl'));
    const raw: number[] = [];
    const opened: number[] = [];
    let journal: Journal | undefined;
    for (let turn = 0; turn < 5; turn++) {
      raw.push(
        await timed(async () => {
          let found = 0;
          for (const name of names) found += (await readFile(join(folder, name), 'utf8')).split('\n').length - 1;
          if (found !== lines) throw new Error(`bench: ${found} of ${lines} lines were written`);
        }),
      );
      await journal?.close();
      const next = new Journal(systemClock, { folder });
      journal = next;
      opened.push(
        await timed(async () => {
          const page = await next.read({ after: 0, before: lines + 1, limit: 200 });
          if (page.last !== lines || page.entries.length !== 200) throw new Error('bench: the last page is not there');
        }),
      );
    }
    const { moment, read, close } = bound(journal);
    const scrubbed: number[] = [];
    for (let turn = 0; turn < 50; turn++) {
      const at = new Date(Date.UTC(2026, 0, 1) + ((turn * 7_919_777) % lines) * 1_000 + 500).toISOString();
      scrubbed.push(
        await timed(async () => {
          const then = await moment({ at });
          if (then.sequence > SILOS * 10 && then.volumes.length < SILOS - 1)
            throw new Error('bench: volumes are missing');
        }),
      );
    }
    const searched = await timed(async () => {
      let before: number | undefined = lines + 1;
      let found = 0;
      while (before !== undefined) {
        const page = await read({ after: 0, before, limit: 1_000, filter: { text: 'c137 launch.done' } });
        found += page.entries.length;
        before = page.next;
      }
      if (found === 0) throw new Error('bench: nothing was found');
    });
    await close();
    const slowest = Math.max(...scrubbed);
    return [
      {
        what: `journal of ${lines} lines: opened at its last page, beside reading and splitting its files`,
        ours: milliseconds(median(opened)),
        beside: milliseconds(median(raw)),
        ratio: median(opened) / median(raw),
        goal: '<= 1000 ms',
        met: Math.max(...opened) <= 1_000,
      },
      {
        what: `journal of ${lines} lines: the state of ${SILOS} volumes at a moment, slowest of ${scrubbed.length}`,
        ours: `${milliseconds(slowest)}, median ${milliseconds(median(scrubbed))}`,
        goal: '<= 50 ms',
        met: slowest <= 50,
      },
      {
        what: `journal of ${lines} lines: searched through for two words, beside reading and splitting its files`,
        ours: milliseconds(searched),
        beside: milliseconds(median(raw)),
        ratio: searched / median(raw),
      },
      { what: 'journal: lines written a second', ours: String(Math.round(lines / (written / 1_000))) },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function bound(journal: Journal | undefined): Pick<Journal, 'moment' | 'read' | 'close'> {
  if (journal === undefined) throw new Error('bench: no journal was opened');
  return {
    moment: asked => journal.moment(asked),
    read: asked => journal.read(asked),
    close: () => journal.close(),
  };
}
