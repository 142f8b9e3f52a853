import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { SAME_SIGHTS } from '../../shared/domain/same-sights.ts';
import type { SightsChanged } from '../../shared/domain/sights-changed.ts';
import { proofOf, verdictOf, visibilityOf } from '../../shared/domain/visibility.ts';
import { FAKE_HOST } from '../testing/fake-inspection.ts';
import { fakeSilo } from '../testing/fake-story.ts';
import { FollowedInspection } from './followed-inspection.ts';

const first = fakeSilo(1, 'a', 'Z:');
const share = fakeSilo(2, 'b', 'Y:', '\\memfs\\share');
const host = { id: 'host', kind: 'host', label: 'host' } as const;

/** As the services answer it: rows, not lists. */
function taken(...silos: (typeof first)[]): Inspection {
  const namespaces = [host, ...silos.map(({ namespace }) => namespace)];
  const volumes = silos.flatMap(({ fileSystem }) => fileSystem.volumes);
  const rows = visibilityOf({ volumes, namespaces });
  return {
    takenAt: '2026-11-22T10:31:00.000Z',
    host: FAKE_HOST,
    namespaces,
    volumes: volumes.map((volume, at) => {
      const visibility = rows[at] ?? [];
      const { home } = volume;
      const verdict = verdictOf(home, visibility);
      return { ...volume, visibility, verdict, proof: proofOf(home, visibility), chain: [], findings: [] };
    }),
    findings: [],
    gaps: [],
  };
}

const came = ({ namespace, fileSystem }: typeof first): SightsChanged => ({
  namespaces: { changed: [namespace], gone: [] },
  volumes: { changed: fileSystem.volumes, gone: [] },
});
const went = ({ namespace, fileSystem }: typeof first): SightsChanged => ({
  namespaces: { changed: [], gone: [namespace.id] },
  volumes: { changed: [], gone: fileSystem.volumes.map(({ device }) => device) },
});
const labels = (inspection: Inspection | undefined): string[] =>
  (inspection?.namespaces ?? []).map(({ label }) => label).slice(1);
const cells = ({ volumes }: Inspection): string[] =>
  volumes.map(({ visibility }) => [...visibility].map(({ visible }) => visible).join(' '));

describe('an inspection that is followed', () => {
  it('is brought up to date by what is told, and asks for nothing', () => {
    const followed = new FollowedInspection();
    followed.begin();
    const before = followed.settle(taken(first));
    const heard = followed.hear({ revision: 5, sights: came(share) }, before);
    expect([heard.isMissed, labels(heard.shown)]).toEqual([false, ['a', 'b']]);
    expect(heard.shown === undefined ? [] : cells(heard.shown)).toEqual(cells(taken(first, share)));
    const left = followed.hear({ revision: 6, sights: went(first) }, heard.shown);
    expect([left.isMissed, labels(left.shown)]).toEqual([false, ['b']]);
  });

  it.each<[what: string, revision: number, sights: SightsChanged | undefined, isMissed: boolean]>([
    ['that says nothing of it', 6, SAME_SIGHTS, false],
    ['that is told again', 5, came(share), false],
    ['before which some was missed', 8, SAME_SIGHTS, true],
    ['that does not tell', 6, undefined, true],
  ])('keeps what is shown at a piece of news %s', (_, revision, sights, isMissed) => {
    const followed = new FollowedInspection();
    const shown = taken(first);
    followed.hear({ revision: 5, sights: SAME_SIGHTS }, shown);
    expect(followed.hear({ revision, sights }, shown)).toEqual({ shown, isMissed });
  });

  it('applies what was told while the answer was under way, though the answer may hold it already', () => {
    const followed = new FollowedInspection();
    followed.begin();
    followed.hear({ revision: 1, sights: came(share) }, undefined);
    expect(labels(followed.settle(taken(first)))).toEqual(['a', 'b']);
    followed.begin();
    followed.hear({ revision: 2, sights: came(share) }, undefined);
    expect(labels(followed.settle(taken(first, share)))).toEqual(['a', 'b']);
    followed.begin();
    followed.hear({ revision: 3, sights: went(share) }, undefined);
    expect(labels(followed.settle(taken(first, share)))).toEqual(['a']);
  });

  it('goes on from what a look at one cell made of it', () => {
    const followed = new FollowedInspection();
    const shown = followed.hear({ revision: 1, sights: came(share) }, taken(first)).shown ?? taken();
    const looked = { ...shown, volumes: shown.volumes.map(volume => ({ ...volume, mountPoints: ['Q:'] })) };
    const { shown: after } = followed.hear({ revision: 2, sights: went(first) }, looked);
    expect(after?.volumes.map(({ mountPoints }) => mountPoints)).toEqual([['Q:']]);
  });
});
