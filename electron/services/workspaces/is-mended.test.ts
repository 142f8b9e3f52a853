import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../shared/contract/fault.ts';
import type { SecretState } from '../../../shared/domain/profile-secret.ts';
import type { SecretSource } from '../secrets/secret-store.ts';
import { MOST_KEPT } from '../unwritten/keep-unwritten.ts';
import { isMended } from './is-mended.ts';

/** Secrets by how they stand; only what is kept opens. */
const secretsAs = (states: Readonly<Record<string, SecretState>>): SecretSource => ({
  states: () => Promise.resolve(new Map(Object.entries(states))),
  open: name => (states[name] === 'kept' ? Promise.resolve('value') : Promise.reject(new Error('locked'))),
  use: () => undefined,
});
const kept = (count: number): string[] => Array.from({ length: count }, (_, index) => `a.unwritten-${index}`);
const room: Fault = { code: 'unwritten-kept', container: 'a', kept: kept(MOST_KEPT) };
const missing: Fault = {
  code: 'secrets-missing',
  profile: 'p',
  secrets: ['one', 'two'].map(name => ({ name, title: name, locked: false })),
};
const locked: Fault = { code: 'secret-locked', name: 'one', sealedBy: 'dpapi', because: 'not-opened' };
const other: Fault = { code: 'not-found', what: 'profile', name: 'p', known: [] };

describe('what an item was given up for', () => {
  it.each<[string, Fault, number, Readonly<Record<string, SecretState>>, boolean]>([
    ['as many are kept as may be', room, MOST_KEPT, {}, false],
    ['a person removed one of those that are kept', room, MOST_KEPT - 1, {}, true],
    ['one of two secrets is missing still', missing, 0, { one: 'kept', two: 'missing' }, false],
    ['one of two secrets is locked', missing, 0, { one: 'kept', two: 'locked' }, false],
    ['both secrets are there', missing, 0, { one: 'kept', two: 'session' }, true],
    ['a secret that did not open does not', locked, 0, { one: 'locked' }, false],
    ['a secret that did not open does now', locked, 0, { one: 'kept' }, true],
    ['something that only a person can tell of', other, 0, {}, false],
  ])('%s', async (_, fault, count, states, mended) => {
    expect(await isMended({ secrets: secretsAs(states) }, fault, kept(count))).toBe(mended);
  });

  it('is not seen to where no secrets are at hand, or where they cannot be read', async () => {
    expect(await isMended({}, missing, [])).toBe(false);
    expect(await isMended({}, locked, [])).toBe(false);
    const unread: SecretSource = { ...secretsAs({}), states: () => Promise.reject(new Error('EACCES')) };
    expect(await isMended({ secrets: unread }, missing, [])).toBe(false);
  });
});
