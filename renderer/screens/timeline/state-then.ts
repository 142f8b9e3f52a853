import type { JournalEntry } from '../../../shared/domain/journal.ts';

/** A volume as the journal knew it at some moment. */
export interface VolumeThen {
  readonly device: string;
  readonly name: string;
  readonly home: string;
  readonly leaked: boolean;
  /** A rule says that it leaks; nobody had looked. */
  readonly expected: boolean;
}

/** What was there at a moment, as far as the journal tells: what it never told of is not in here. */
export interface StateThen {
  /** Leaks first, then by name. */
  readonly volumes: readonly VolumeThen[];
  readonly silos: number;
  /** The driver was started or stopped before that moment; undefined: the journal does not say. */
  readonly driver: 'running' | 'stopped' | undefined;
}

/** The state after the entries up to `end` (exclusive). Events are taken in their order; a later one wins. */
export function stateThen(entries: readonly JournalEntry[], end: number): StateThen {
  const volumes = new Map<string, VolumeThen>();
  const silos = new Set<string>();
  let driver: StateThen['driver'];
  for (const { what, subject, data } of entries.slice(0, end)) {
    const known = volumes.get(subject);
    switch (what) {
      case 'volume.appeared':
      case 'volume.leaked':
      case 'volume.sealed':
        volumes.set(subject, {
          device: subject,
          name: nameOf(subject, data, known),
          home: textOf(data?.['home']) ?? known?.home ?? '',
          leaked: what === 'volume.leaked',
          expected: what === 'volume.leaked' && PREDICTED.has(textOf(data?.['proof']) ?? ''),
        });
        break;
      case 'volume.gone':
        volumes.delete(subject);
        break;
      case 'silo.arrived':
        silos.add(textOf(data?.['id']) ?? subject);
        break;
      case 'silo.departed':
        silos.delete(textOf(data?.['id']) ?? subject);
        break;
      case 'fsd.started':
        driver = 'running';
        break;
      case 'fsd.stopped':
      case 'fsd.uninstalled':
      case 'fsd.unloaded':
        driver = 'stopped';
        break;
      case 'host.opened':
        // Another host: nothing of the old one is there any more.
        volumes.clear();
        silos.clear();
        driver = undefined;
        break;
    }
  }
  return {
    volumes: [...volumes.values()].sort(
      (a, b) =>
        Number(b.leaked) - Number(a.leaked) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }) ||
        a.device.localeCompare(b.device),
    ),
    silos: silos.size,
    driver,
  };
}

const PREDICTED: ReadonlySet<string> = new Set(['rule', 'not-tested']);

function nameOf(device: string, data: JournalEntry['data'], known: VolumeThen | undefined): string {
  const mountPoints = data?.['mountPoints'];
  const prefix = textOf(data?.['uncPrefix']);
  const first = Array.isArray(mountPoints) ? textOf(mountPoints[0]) : undefined;
  return prefix === undefined ? (first ?? known?.name ?? device.replace(/^\\Device\\/, '')) : `\\${prefix}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entries of some sources; none chosen means all. */
export function ofSources(
  entries: readonly JournalEntry[],
  sources: ReadonlySet<JournalEntry['source']>,
): readonly JournalEntry[] {
  return sources.size === 0 ? entries : entries.filter(({ source }) => sources.has(source));
}
