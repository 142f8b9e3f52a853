import { findFindings } from '../../../shared/domain/findings.ts';
import { fixesOf } from '../../../shared/domain/fixes.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { LiveInspection } from '../../../shared/domain/live-inspection.ts';
import type { SightsChanged } from '../../../shared/domain/sights-changed.ts';
import { proofOf, verdictOf, visibilityOf, type World } from '../../../shared/domain/visibility.ts';
import { VisibilityIndex, type WorldChange } from '../../../shared/domain/visibility-index.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { findLive } from '../../../shared/wording/live-findings.ts';
import { wordFindings } from '../../../shared/wording/word-finding.ts';
import { mebibytes, median, milliseconds, type Row } from './table.ts';

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

/**
 * The same in the product: what a page does with one piece of news, from the inspection that it shows to the next one.
 */
export function measureLiveChanges(size: number): readonly Row[] {
  const live = new LiveInspection(inspected(world(size)));
  const none = { changed: [], gone: [] };
  const silo = (at: number) => ({ id: `silo:${1_000_000 + at}`, kind: 'silo' as const, label: 'new' });
  const kinds: readonly [string, (at: number) => SightsChanged][] = [
    ['a volume comes', at => ({ namespaces: none, volumes: { changed: [volume(size + at, at)], gone: [] } })],
    [
      'a volume of a class that is taken comes',
      at => ({ namespaces: none, volumes: { changed: [rival(size, at)], gone: [] } }),
    ],
    ['a volume goes', at => ({ namespaces: none, volumes: { changed: [], gone: [volume(at).device] } })],
    ['a silo comes', at => ({ namespaces: { changed: [silo(at)], gone: [] }, volumes: none })],
    ['a silo goes', at => ({ namespaces: { changed: [], gone: [silo(at).id] }, volumes: none })],
  ];
  return kinds.map(([what, make]) => {
    const times: number[] = [];
    for (let at = 0; at < 200; at++) {
      const change = make(at);
      const started = performance.now();
      live.apply(change);
      times.push(performance.now() - started);
    }
    times.sort((one, other) => one - other);
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0;
    return {
      what: `one piece of news to the matrix of ${size} x ${size}: ${what} (p95 of 200)`,
      ours: milliseconds(p95),
      goal: '<= 1 ms',
      met: p95 <= 1,
    };
  });
}

/**
 * The findings beside that matrix after one piece of news, against finding all of them anew: every volume leaks, so that there
 * are as many findings as volumes.
 */
export function measureLiveFindings(size: number): readonly Row[] {
  const asked = inspected(served(size));
  const whole = (inspection: Inspection): Inspection => {
    const facts = findFindings(inspection);
    const findings = wordFindings(facts, inspection.namespaces, fact => fixesOf(fact, inspection));
    return { ...inspection, findings };
  };
  const anew = medianOf(20, () => whole(asked));
  const live = new LiveInspection(whole(asked), findLive);
  const none = { changed: [], gone: [] };
  const silo = (at: number) => ({ id: `silo:${1_000_000 + at}`, kind: 'silo' as const, label: 'new' });
  const kinds: readonly [string, (at: number) => SightsChanged][] = [
    ['a volume comes', at => ({ namespaces: none, volumes: { changed: [volume(size + at, at)], gone: [] } })],
    ['a volume goes', at => ({ namespaces: none, volumes: { changed: [], gone: [volume(at).device] } })],
    ['a silo comes', at => ({ namespaces: { changed: [silo(at)], gone: [] }, volumes: none })],
  ];
  return kinds.map(([what, make]) => {
    let at = 0;
    const ms = medianOf(100, () => live.apply(make(at++)));
    const ratio = ms / anew;
    return {
      what: `one piece of news to ${size} x ${size} with its ${size} findings: ${what}, against all found anew (medians)`,
      ours: milliseconds(ms),
      beside: milliseconds(anew),
      ratio,
      goal: '<= 0.25x',
      met: ratio <= 0.25,
    };
  });
}

/** The same world, with the program behind each volume. */
function served(size: number): World {
  const { volumes, namespaces } = world(size);
  return {
    namespaces,
    volumes: volumes.map(one => ({
      ...one,
      fileSystem: { program: 'memfs-x64.exe', commandLine: `memfs-x64.exe -i -m Y: -u ${one.uncPrefix ?? ''}` },
    })),
  };
}

function medianOf(count: number, work: () => unknown): number {
  return median(
    Array.from({ length: count }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );
}

/** As the services answer a world in which nobody looked. */
function inspected(asked: World): Inspection {
  const rows = visibilityOf(asked);
  const facts = {
    build: 26_100,
    revision: 1,
    displayVersion: '24H2',
    edition: 'Windows',
    architecture: 'x64',
  } as const;
  return {
    takenAt: new Date(0).toISOString(),
    host: { id: 'simulated', facts: { machineName: 'BENCH', productType: 'server', ...facts } },
    namespaces: [...asked.namespaces],
    volumes: asked.volumes.map((one, at) => {
      const visibility = rows[at] ?? [];
      const verdict = verdictOf(one.home, visibility);
      return { ...one, visibility, verdict, proof: proofOf(one.home, visibility), chain: [], findings: [] };
    }),
    findings: [],
    gaps: [],
  };
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
