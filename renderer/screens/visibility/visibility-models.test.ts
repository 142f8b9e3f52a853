import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { withCells } from '../../../shared/domain/visibility-row.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { cellWord } from '../../../shared/wording/word-cell.ts';
import { fakeInspection } from '../../testing/fake-inspection.ts';
import { fakeSilo, STORIES } from '../../testing/fake-story.ts';
import { layOutMap, mapInWords } from './map-model.ts';
import { cellOf, layOutMatrix, volumeName } from './matrix-model.ts';
import { privateTwinOf, relaunchOf } from './use-relaunch.ts';

const NOW = '2026-11-22T10:00:00.000Z';

function inspect(
  silos: ReturnType<typeof STORIES.crowd>['silos'],
  depth = { probe: false, canary: false },
): Inspection {
  return fakeInspection(
    silos.map(({ namespace }) => namespace),
    silos.flatMap(({ fileSystem }) => fileSystem.volumes),
    depth,
    NOW,
  );
}

const page = inspect(STORIES['winfsp-container-support']().silos);

describe('the matrix of the two memfs examples', () => {
  it('has the leak first and the host’s column first', () => {
    const { volumes, namespaces } = layOutMatrix(page, '');
    expect(
      volumes.map(volume => [
        volumeName(volume),
        ...namespaces.map(({ id }) => cellWord(volume, id, cellOf(volume, id))),
      ]),
    ).toEqual([
      ['\\\\memfs\\share', 'expected', 'expected', 'home'],
      ['Z:', 'hidden', 'home', 'hidden'],
    ]);
    expect(namespaces.map(({ label }) => label)).toEqual(['host', 'memfs-disk', 'memfs-share']);
  });

  it.each([
    ['', 2],
    ['share', 1],
    ['LEAKED', 1],
    ['memfs', 2],
    ['z: disk', 1],
    ['nothing', 0],
  ])('keeps of the filter %j %d rows, and every column', (filter, rows) => {
    const { volumes, namespaces } = layOutMatrix(page, filter);
    expect([volumes.length, namespaces.length]).toEqual([rows, 3]);
  });

  it('calls visible only what somebody saw', () => {
    const proven = inspect(STORIES['winfsp-container-support']().silos, { probe: true, canary: true });
    const leak = proven.volumes.find(({ verdict }) => verdict === 'leaked');
    if (leak === undefined) throw new Error('no leak');
    expect(['host', 'silo:1004'].map(id => cellWord(leak, id, cellOf(leak, id)))).toEqual(['visible', 'visible']);
  });

  it('calls a cell that nobody filled unknown, never hidden', () => {
    const [volume] = page.volumes;
    if (volume === undefined) throw new Error('no volume');
    expect(cellWord(volume, 'silo:99999', cellOf(volume, 'silo:99999'))).toBe('unknown');
  });

  it('finds 250,000 cells in a moment', () => {
    const crowd = inspect(STORIES.crowd(500).silos);
    const { volumes, namespaces } = layOutMatrix(crowd, '');
    const words = volumes.flatMap(volume => namespaces.map(({ id }) => cellWord(volume, id, cellOf(volume, id))));
    expect(words.filter(word => word === 'home').length).toBe(500);
  });
});

describe('the map', () => {
  it('draws a leak into the MUP and out of it to whoever sees it', () => {
    const lines = layOutMap(page).lines.map(({ kind, room, rank }) => `${kind} ${room} ${rank}`);
    expect(lines).toEqual(['registers silo:1008 inventory', 'reaches host rule', 'reaches silo:1004 rule']);
  });

  it('draws what was proven as proven', () => {
    const proven = layOutMap(inspect(STORIES['winfsp-container-support']().silos, { probe: true, canary: true }));
    expect(proven.lines.filter(({ kind }) => kind === 'reaches').map(({ rank }) => rank)).toEqual(['canary', 'canary']);
  });

  it('has no line where nothing leaks', () => {
    expect(layOutMap(inspect([fakeSilo(1, 'a', 'Z:')])).lines).toEqual([]);
  });

  it.each([0, 1, 2, 5, 6, 40, 300])('keeps %d silos apart, below the MUP, and the host above it', count => {
    const { rooms, mup } = layOutMap(inspect(STORIES.crowd(count).silos));
    const overlap = (a: { x: number; y: number; width: number; height: number }, b: typeof a): boolean =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    const boxes = [...rooms, mup];
    const touching = boxes.flatMap((box, index) => boxes.slice(index + 1).filter(other => overlap(box, other)));
    expect(touching).toEqual([]);
    expect(rooms.filter(room => (room.namespace.kind === 'host') !== room.y < mup.y)).toEqual([]);
    expect(rooms.length).toBe(count + 1);
  });

  it('says the same in words, leaks first', () => {
    expect(mapInWords(page).map(({ volume, home, verdict, seenFrom }) => [volume, home, verdict, seenFrom])).toEqual([
      ['\\\\memfs\\share', 'memfs-share', 'leaked', [{ rank: 'rule', names: ['host', 'memfs-disk'], count: 2 }]],
      ['Z:', 'memfs-disk', 'private', []],
    ]);
  });
});

describe('leaks of which some were seen and some are predicted', () => {
  const three = [1, 2, 3].map(at => fakeSilo(at, `s${at}`, 'Y:', `\\memfs\\s${at}`));
  /** The first volume is read back from the host by a canary, and the second is opened from there; all else is by rule. */
  const mixed = ((): Inspection => {
    const looked = inspect(three);
    const ranks = ['canary', 'probe'] as const;
    const volumes = looked.volumes.map((volume, index) => {
      const rank = ranks[index];
      if (rank === undefined) return volume;
      const evidence = { rank, ground: 'observed' as const, at: NOW };
      const seen = cellOf(volume, 'host');
      if (seen === undefined) throw new Error('no cell');
      return { ...volume, proof: evidence, visibility: withCells(volume.visibility, [{ ...seen, evidence }]) };
    });
    return { ...looked, volumes };
  })();

  it('are told apart in one sentence', () => {
    expect(mapInWords(mixed).map(one => visibilityWords.map.sentence(one))).toEqual([
      '\\\\memfs\\s1 of s1 leaks: it can be seen from host (canary); by rule also from s2 and s3.',
      '\\\\memfs\\s2 of s2 leaks: it can be seen from host (probed); by rule also from s1 and s3.',
      '\\\\memfs\\s3 of s3 is expected to leak: by rule it can be seen from host, s1 and s2.',
    ]);
  });

  it('are one predicted line, and one that was seen only where all of them were', () => {
    const toHost = (inspection: Inspection) =>
      layOutMap(inspection).lines.flatMap(({ id, rank }) => (id === 'reaches:host' ? [rank] : []));
    expect(toHost(mixed)).toEqual(['rule']);
    expect(toHost({ ...mixed, volumes: mixed.volumes.slice(0, 2) })).toEqual(['probe']);
    expect(toHost({ ...mixed, volumes: mixed.volumes.slice(0, 1) })).toEqual(['canary']);
  });
});

describe('the private twin of a leaking file system', () => {
  const leak = page.volumes.find(({ verdict }) => verdict === 'leaked');
  const managed = page.namespaces.find(({ id }) => id === leak?.home)?.container;

  it('is found by the label of its launch', () => {
    expect(leak && privateTwinOf(leak, managed, BUILT_IN_PROFILES)?.name).toBe('memfs-disk');
  });

  it('is found by its program when somebody else started it', () => {
    const foreign = managed && { ...managed, managed: false, labels: {} };
    expect(leak && privateTwinOf(leak, foreign, BUILT_IN_PROFILES)?.name).toBe('memfs-disk');
  });

  it('is not guessed for a program nobody knows', () => {
    const strange = leak && { ...leak, fileSystem: { program: 'strange.exe' } };
    expect(strange && privateTwinOf(strange, undefined, BUILT_IN_PROFILES)).toBeUndefined();
  });

  it('is only launched beside where the finding itself offers no relaunch', () => {
    expect(relaunchOf(page, leak, BUILT_IN_PROFILES)).toMatchObject({ by: 'twin', twin: { name: 'memfs-disk' } });
    expect(relaunchOf(page, leak, [])).toBeUndefined();
  });

  it('needs no profile where the finding offers the relaunch', () => {
    if (leak === undefined) throw new Error('no leak');
    const fix = {
      kind: 'relaunch-as-disk' as const,
      effect: 'ends' as const,
      relaunches: [{ container: managed?.name ?? '', device: leak.device }],
    };
    const findings = page.findings.map(finding => ({ ...finding, fixes: [fix] }));
    expect(relaunchOf({ ...page, findings }, leak, [])).toMatchObject({ by: 'fix', fix });
    const others = findings.map(finding => ({
      ...finding,
      fixes: [{ ...fix, relaunches: [...fix.relaunches, { container: 'another' }] }],
    }));
    expect(relaunchOf({ ...page, findings: others }, leak, [])).toBeUndefined();
  });
});
