import { verdictOf, visibilityOf, type World } from '../../../shared/domain/visibility.ts';
import { VisibilityIndex, type WorldChange } from '../../../shared/domain/visibility-index.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { mebibytes, milliseconds, type Row } from './table.ts';

const guid = (index: number): string => index.toString(16).padStart(8, '0');

function volume(index: number, silo = index): Volume {
  return {
    device: `\\Device\\Volume{${guid(index)}}`,
    kind: 'network',
    home: `silo:${4 * (silo + 1)}`,
    uncPrefix: `\\class${index}\\share`,
    provider: `\\Device\\WinFsp.Mup{${guid(silo)}}`,
    mountPoints: ['Y:'],
  };
}

/** So many silos, each with one network volume of a class of its own. */
function world(size: number): World {
  const silos = Array.from({ length: size }, (_, index) => ({
    id: `silo:${4 * (index + 1)}`,
    kind: 'silo' as const,
    label: `c${index}`,
    siloId: 4 * (index + 1),
  }));
  return {
    namespaces: [{ id: 'host', kind: 'host', label: 'host' }, ...silos],
    volumes: Array.from({ length: size }, (_, index) => volume(index)),
  };
}

/** The rule alone: every row and every verdict, from nothing. */
export function measureRule(size: number): Row {
  for (let round = 0; round < 5; round++) visibilityOf(world(50));
  const asked = world(size);
  const started = performance.now();
  const rows = visibilityOf(asked);
  const leaked = rows.filter((row, index) => verdictOf(asked.volumes[index]?.home ?? '', row) === 'leaked').length;
  const ms = performance.now() - started;
  if (leaked !== size) throw new Error(`bench: ${leaked} of ${size} volumes were found leaked`);
  return {
    what: `the visibility rule over ${size} silos x ${size} network volumes (${size * (size + 1)} cells), with verdicts`,
    ours: milliseconds(ms),
    goal: '<= 50 ms',
    met: ms <= 50,
  };
}

/** One thing more or less in a world of that size, and the verdicts that it touches: the slowest of so many. */
export function measureChanges(size: number): readonly Row[] {
  const index = new VisibilityIndex(world(size));
  const kinds: readonly [string, (at: number) => WorldChange][] = [
    ['a volume comes', at => ({ what: 'volume-came', volume: volume(size + at, at) })],
    ['a volume of a class that is taken comes', at => ({ what: 'volume-came', volume: rival(size, at) })],
    ['a volume goes', at => ({ what: 'volume-went', device: volume(at).device })],
    [
      'a silo comes',
      at => ({ what: 'namespace-came', namespace: { id: `silo:${1_000_000 + at}`, kind: 'silo', label: 'new' } }),
    ],
    ['a silo goes', at => ({ what: 'namespace-went', id: `silo:${4 * (size - at)}` })],
    ['a volume is probed', at => probed(size, at)],
  ];
  return kinds.map(([what, make]) => {
    const times: number[] = [];
    for (let at = 0; at < 200; at++) {
      const change = make(at);
      const started = performance.now();
      for (const device of index.change(change)) index.verdict(device);
      times.push(performance.now() - started);
    }
    times.sort((one, other) => one - other);
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0;
    return {
      what: `one change among ${size} x ${size}: ${what} (p95 of 200)`,
      ours: milliseconds(p95),
      goal: '<= 1 ms',
      met: p95 <= 1,
    };
  });
}

function rival(size: number, at: number): Volume {
  return { ...volume(2 * size + at, at), uncPrefix: `\\class${500 + at}\\other` };
}

function probed(size: number, at: number): WorldChange {
  return {
    what: 'observed',
    device: volume(size - 1 - at).device,
    namespace: 'host',
    observations: [{ visible: 'yes', evidence: { rank: 'probe', ground: 'observed' } }],
  };
}

/** What all rows weigh, for one size and for twice that: 2 is linear, 4 would be the matrix. */
export function measureRuleMemory(size: number): Row {
  const weigh = (count: number): number => {
    const asked = world(count);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const rows = visibilityOf(asked);
    globalThis.gc?.();
    const bytes = process.memoryUsage().heapUsed - before;
    if (rows.length !== count) throw new Error('bench: rows are missing');
    return bytes;
  };
  const once = weigh(size);
  const twice = weigh(2 * size);
  const growth = twice / Math.max(1, once);
  return {
    what: `all rows of ${size} x ${size} in memory; growth to ${2 * size} x ${2 * size} (2 = linear)`,
    ours: `${mebibytes(once)}, ${growth.toFixed(2)}`,
    goal: '< 3',
    met: growth < 3,
  };
}
