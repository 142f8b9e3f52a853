import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../domain/journal.ts';
import { JOURNAL_WEIGHTS, type JournalName } from '../domain/journal-severity.ts';
import { journalLine as line } from '../domain/testing/journal-line.ts';
import { JOURNAL_FACTS } from './journal-facts.ts';
import { JOURNAL_WORDS } from './journal-words.ts';
import { wordJournal } from './word-journal.ts';

const DEVICE = '\\Device\\Volume{5105c09e-0000-4000-8000-000000000001}';
const ID = '0123456789abcdef'.repeat(4);

describe('what a line of the journal says', () => {
  it.each<[JournalEntry, string]>([
    [
      line('container.started', 'billing', { id: ID, image: 'servercore:ltsc2025', engineTime: '1' }),
      'Container billing started from servercore:ltsc2025',
    ],
    [line('container.started', ID, { id: ID }), 'Container 0123456789ab started'],
    [line('image.removed', `sha256:${ID}`), 'Image sha256:0123456789ab was removed'],
    [line('container.ended', 'billing'), 'Container billing ended'],
    [line('container.ended', 'billing', { exitCode: 3 }), 'Container billing ended with exit code 3'],
    [
      line('container.ended', 'billing', { exitCode: 0xc000013a }),
      'Container billing ended with exit code 0xC000013A: The program was stopped by Ctrl-C or by `docker stop`',
    ],
    [
      line('volume.leaked', DEVICE, {
        uncPrefix: '\\memfs\\a',
        mountPoints: ['Y:'],
        home: 'billing',
        proof: 'rule',
      }),
      'Volume \\\\memfs\\a (Y:) in billing is expected to leak; nobody has tested it',
    ],
    [
      line('volume.leaked', DEVICE, {
        uncPrefix: '\\memfs\\a',
        mountPoints: [],
        home: 'host',
        proof: 'namespace',
      }),
      'Volume \\\\memfs\\a on the host leaks (seen in the object namespace)',
    ],
    [line('volume.leaked', DEVICE), `Volume ${DEVICE} leaks`],
    [
      line('volume.mounted', DEVICE, {
        uncPrefix: '\\m\\a',
        mountPoints: [],
        before: ['Y:'],
        home: 'b',
        unwatched: true,
      }),
      'Volume \\\\m\\a in b changed its mount points: now none, before Y: (since when is not known: nobody watched)',
    ],
    [
      line('volume.tested', DEVICE, {
        namespace: 'silo:1',
        mountPoints: ['Y:'],
        groups: [
          { visible: 'yes', namespaces: ['silo:1'] },
          { visible: 'no', namespaces: 'rest' },
        ],
      }),
      'Volume Y: was tested: it was not seen from where it was tried outside its own namespace',
    ],
    [
      line('volume.tested', DEVICE, {
        namespace: 'silo:1',
        mountPoints: ['Y:'],
        groups: [
          { visible: 'yes', namespaces: ['silo:1', 'host'] },
          { visible: 'unknown', namespaces: ['silo:2'] },
        ],
      }),
      'Volume Y: was tested: it was seen from outside its own namespace; not everything answered',
    ],
    // Its own namespace alone was tried: nothing is said of others.
    [
      line('volume.tested', DEVICE, {
        namespace: 'silo:1',
        groups: [
          { visible: 'yes', rank: 'canary', namespaces: ['silo:1'] },
          { visible: 'yes', rank: 'rule', namespaces: ['host'] },
        ],
      }),
      `Volume ${DEVICE} was tested: it is expected to be seen from outside its own namespace, which no name that was tried has shown`,
    ],
    [
      line('volume.tested', DEVICE, {
        namespace: 'silo:1',
        groups: [{ visible: 'yes', namespaces: ['silo:1'] }],
      }),
      `Volume ${DEVICE} was tested`,
    ],
    [
      line('volume.looked-at', DEVICE, { from: 'host', canary: true, plainUnc: false, visible: 1 }),
      `Volume ${DEVICE} was looked at from the host, with a canary: seen from 1 namespace`,
    ],
    [
      line('finding.opened', 'unc-leak', { code: 'unc-leak', summary: 'One leaks.' }),
      'Found: Volume seen or expected outside its silo. One leaks.',
    ],
    [
      line('finding.fixed-by-rename', 'unc-leak', { gone: false, launched: ['b'], lost: [] }),
      'Relaunched under a free name: b, for "Volume seen or expected outside its silo"; it is still there',
    ],
    [
      line('inspection.taken', 'all volumes', {
        depth: ['probe', 'canary'],
        volumes: 4,
        leaked: 1,
        expected: 2,
        gaps: 0,
      }),
      'Everything was inspected with probes, with canaries: 4 volumes, 1 leaked, 2 expected to leak, no gaps',
    ],
    [
      line('inspection.taken', 'all volumes', { depth: ['probe'], volumes: 2, leaked: 0, expected: 0, gaps: 1 }),
      'Everything was inspected with probes: 2 volumes, none known to leak, 1 gap',
    ],
    // An older Siloscope counted both as one.
    [
      line('inspection.taken', 'all volumes', { depth: ['canary'], volumes: 2, leaked: 1, gaps: 0 }),
      'Everything was inspected with canaries: 2 volumes, 1 leaked or expected to, no gaps',
    ],
    [line('launch.failed', 'b', { code: 'of-tomorrow' }), 'Launch of b failed: of-tomorrow'],
    [
      line('filesystem.stopped', 'b', { gone: [DEVICE], unwritten: [{ what: 'upload', count: 2 }] }),
      'File system b was stopped, 1 volume gone; given up: 2 uploads',
    ],
    [
      line('relaunch.broken-off', 'b', { before: 'b-old', after: 'b-new' }),
      'A relaunch of b was cut off; which of the two stays is for a person to say; before it: b-old; after it: b-new',
    ],
    [line('fsd.stopped', 'WinFsp', { before: 'running' }), 'Driver WinFsp does not run; before: running'],
    [
      line('guard.not-stopped', 'b', { because: 'ran-before' }),
      'The guard did not stop b: it ran before the guard did',
    ],
    [
      line('policy.violated', DEVICE, {
        policy: 'p',
        uncPrefix: '\\m\\a',
        container: 'b',
        seenFrom: 'host',
        rank: 'rule',
      }),
      'Policy p is expected to be violated (nobody has tested it) by \\\\m\\a of b, seen from host',
    ],
    [line('policy.violated', 'p', { policy: 'p', more: 12 }), 'Policy p is violated; 12 more'],
    [line('elevation.granted', 'unload-fsd'), 'The rights of an administrator were given, to unload the WinFsp driver'],
    [
      line('container.dreamt', ID, { id: ID, n: 1 }),
      'container.dreamt: 0123456789ab id=0123456789ab n=1 (written by another version of Siloscope)',
    ],
  ])('is plain: %j', (entry, said) => {
    expect(wordJournal(entry)).toBe(said);
  });

  it('shows names as what they are, and fills no fact into them', () => {
    const said = wordJournal(
      line('container.started', 'a\u202eb{image}[x]', { image: `\u0007{who}${'x'.repeat(400)}` }),
    );
    expect(said).toMatch(/^Container a\\u\{202e\}b\{image\}\[x\] started from \\u\{7\}\{who\}x+…$/);
    expect(said.length).toBeLessThan(400);
  });

  it.each(Object.keys(JOURNAL_WEIGHTS) as JournalName[])(
    'of %s stands without any data, and asks for nothing unknown',
    what => {
      const said = wordJournal(line(what, 'web'));
      expect(said).not.toMatch(/[{}?]|undefined|\s{2}|\s$/);
      expect(said).toMatch(/^\S/);
      const facts = [...JOURNAL_WORDS[what].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      for (const name of facts) expect(Object.hasOwn(JOURNAL_FACTS, name) || PLAIN.has(name) ? '' : name).toBe('');
    },
  );
});

/** Facts that are the value of that key of a line's data. */
const PLAIN = new Set(
  'id kind program as before after workspace kept reason policy container seenFrom more scenario hostKey lines until from leaked tried reached unexpected mup verdict'.split(
    ' ',
  ),
);
