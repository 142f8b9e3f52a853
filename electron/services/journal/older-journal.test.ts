import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { momentInspection } from '../../../shared/domain/journal-moment.ts';
import { cellIn } from '../../../shared/domain/visibility-row.ts';
import { Journal } from './journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-older-'));
});
afterEach(() => rm(folder, { recursive: true }));

const AT = '2026-11-21T09:00:00.000Z';
/** As a Siloscope wrote them that kept neither MUPs nor chains, but told with a test what it had found. */
const LINES = [
  { source: 'silo', what: 'silo.arrived', subject: 'a', data: { id: 'silo:8', container: 'c'.repeat(64), image: 'i' } },
  {
    source: 'inspection',
    what: 'volume.appeared',
    subject: '\\Device\\Volume{1}',
    data: {
      namespace: 'silo:8',
      kind: 'network',
      uncPrefix: '\\memfs\\share',
      mountPoints: ['Y:'],
      verdict: 'leaked',
      home: 'a',
    },
  },
  {
    source: 'inspection',
    what: 'volume.leaked',
    subject: '\\Device\\Volume{1}',
    data: { namespace: 'silo:8', kind: 'network', mountPoints: ['Y:'], proof: 'rule' },
  },
  {
    source: 'inspection',
    what: 'volume.tested',
    subject: '\\Device\\Volume{1}',
    data: {
      chain: [
        { code: 'mup-is-shared', holds: 'yes', evidence: { rank: 'namespace', ground: 'observed', at: AT } },
        { code: 'canary-read-back', holds: 'not-tested', evidence: { rank: 'not-tested', ground: 'inferred' } },
      ],
      groups: [{ visible: 'yes', rank: 'probe', ground: 'observed', because: 'shared-mup', namespaces: ['host'] }],
    },
  },
].map((line, index) => ({ sequence: index + 1, at: AT, ...line }));

describe('a journal that an older Siloscope wrote', () => {
  it('is read as it is; what was not recorded is said to be missing, not guessed', async () => {
    await writeFile(join(folder, '000000000001.jsonl'), LINES.map(line => `${JSON.stringify(line)}\n`).join(''));
    // What it laid beside knows less: it is made anew.
    const state = { volumes: [], namespaces: [], findings: [], watchers: [], recent: [] };
    const bytes = `${JSON.stringify(state)}\n`;
    await writeFile(join(folder, '000000000001.v1.states'), bytes);
    await writeFile(
      join(folder, '000000000001.v1.marks'),
      `${JSON.stringify({ ordinal: 0, offset: 0, state: [0, bytes.length] })}\n`,
    );
    const journal = new Journal(new ManualClock(), { folder });
    const untested = momentInspection(await journal.moment({ sequence: 3 }));
    expect([[...untested.unrecorded.chains], [...untested.unrecorded.mups], untested.unrecorded.gaps]).toEqual([
      ['\\Device\\Volume{1}'],
      ['silo:8'],
      true,
    ]);
    expect(untested.volumes[0]?.chain).toEqual([]);

    const tested = momentInspection(await journal.moment({ sequence: 4 }));
    const [volume] = tested.volumes;
    expect([...tested.unrecorded.chains]).toEqual([]);
    expect(volume?.chain.map(({ holds }) => holds)).toEqual([
      'yes',
      'not-tested',
      'not-tested',
      'not-tested',
      'not-tested',
    ]);
    expect(volume && cellIn(volume.visibility, 'host')?.evidence).toMatchObject({ rank: 'probe', at: AT });
    await journal.close();
    const names = await readdir(folder);
    expect(names.filter(name => name.includes('.v1.'))).toEqual([]);
  });

  it('learns what was missing as soon as somebody looks', async () => {
    await writeFile(join(folder, '000000000001.jsonl'), LINES.map(line => `${JSON.stringify(line)}\n`).join(''));
    const journal = new Journal(new ManualClock(), { folder });
    journal.note({ source: 'silo', what: 'silo.mup-seen', subject: 'a', data: { id: 'silo:8', mup: 'own' } });
    journal.note({ source: 'silo', what: 'silo.mup-seen', subject: 'a', data: { id: 'silo:8', mup: 'own' } });
    journal.note({
      source: 'inspection',
      what: 'inspection.gaps-changed',
      subject: 'volume lists',
      data: { first: [], more: 0 },
    });
    const { last } = await journal.moment({});
    expect(last).toBe(LINES.length + 2);
    const { namespaces, unrecorded } = momentInspection(await journal.moment({}));
    expect(namespaces.map(({ mup }) => mup)).toEqual([undefined, 'own']);
    expect([[...unrecorded.mups], unrecorded.gaps]).toEqual([[], false]);
    await journal.close();
  });
});
