import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalFolder } from './journal-folder.ts';
import type { LocalTarget } from './open-host.ts';

const REAL: LocalTarget = { kind: 'windows', host: 'local' };
const REMOTE: LocalTarget = { kind: 'windows', host: 'ssh://me@box' };
const SIMULATED: LocalTarget = { kind: 'simulated', scenario: 'default' };

describe('the folder of a journal', () => {
  it.each<[string, LocalTarget, { folder?: string; journal?: string }, string | undefined]>([
    ['of this machine lies in the folder of the user', REAL, { folder: 'u' }, join('u', 'journal', 'local')],
    ['of a remote host is its own', REMOTE, { folder: 'u' }, join('u', 'journal', 'me@box-cb44ac7a')],
    ['of a simulated host is none', SIMULATED, { folder: 'u' }, undefined],
    ['is none where nothing is kept', REAL, {}, undefined],
    ['is where one asked for it', SIMULATED, { folder: 'u', journal: 'j' }, join('j', 'simulated_default-d7bcb8e2')],
  ])('%s', (_, target, options, expected) => {
    const found = journalFolder(target, options);
    expect(found?.replace(/-[0-9a-f]{8}$/, '')).toBe(expected?.replace(/-[0-9a-f]{8}$/, ''));
  });

  it.each<[LocalTarget, LocalTarget]>([
    [REMOTE, { kind: 'windows', host: 'ssh://me@BOX' }],
    [
      { kind: 'windows', host: 'ssh://a_b@c' },
      { kind: 'windows', host: 'ssh://a b@c' },
    ],
    [REAL, SIMULATED],
  ])('of %j is not that of %j', (one, other) => {
    expect(journalFolder(one, { journal: 'j' })?.toLowerCase()).not.toBe(
      journalFolder(other, { journal: 'j' })?.toLowerCase(),
    );
  });
});
