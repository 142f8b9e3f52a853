import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { isJsonRecord } from '../../../shared/domain/json-path.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { Workspace } from '../../../shared/domain/workspace.ts';
import { memoryFiles } from './files.ts';
import { Preferences } from './preferences.ts';

type Json = Readonly<Record<string, unknown>>;

const NEWER = '9.0.0';
const OURS = '0.1.0';

/** Keys that no version knows so far. */
const foreign = fc.dictionary(fc.stringMatching(/^x[A-Z][a-z]{1,5}$|^__proto__$/), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 3,
});
const withForeign = <T extends object>(known: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc
    .tuple(known, foreign)
    .map(([one, more]) => Object.fromEntries([...Object.entries(one), ...Object.entries(more)]) as T);

const profileAs = (name: string): Profile => ({
  name,
  title: name,
  description: 'A file system.',
  command: ['x.exe', '{mountPoint}'],
  kind: 'disk',
  defaults: { mountPoint: 'X:' },
});

/** A profile of a version to come: unknown keys at every depth, or something that this version cannot follow. */
const newerProfile = (name: string): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 4, arbitrary: knownProfile(name) },
    fc.tuple(knownProfile(name), fc.constantFrom('cached', 'tape', 7)).map(([one, kind]) => ({ ...one, kind })),
    fc.constant({ name, program: 'x.exe', since: 9 }),
  );
const knownProfile = (name: string): fc.Arbitrary<Json> =>
  withForeign(
    fc.record(
      {
        name: fc.constant(name),
        title: fc.string(),
        description: fc.string(),
        command: fc.constant(['x.exe', '{mountPoint}']),
        kind: fc.constant('disk'),
        defaults: withForeign(fc.constant({ mountPoint: 'X:' })),
        stop: fc.array(withForeign(fc.constantFrom({ kind: 'ask', command: ['q'] }, { kind: 'ask', command: ['r'] })), {
          maxLength: 3,
        }),
        secrets: fc.array(
          withForeign(
            fc.record({
              name: fc.constant('key'),
              title: fc.constant('Key'),
              deliver: withForeign(fc.constant({ by: 'stdin' })),
            }),
          ),
          { maxLength: 1 },
        ),
      },
      { requiredKeys: ['name', 'title', 'description', 'command', 'kind', 'defaults'] },
    ),
  );

const newerWorkspace = (name: string): fc.Arbitrary<Json> =>
  withForeign(
    fc.record({
      name: fc.constant(name),
      items: fc.uniqueArray(
        withForeign(
          fc.record({
            name: fc.stringMatching(/^[a-z]{2,4}$/),
            launch: withForeign(fc.constantFrom({ profile: 'memfs-disk' }, { command: ['x.exe'] }, { from: 'cloud' })),
          }),
        ),
        { minLength: 1, maxLength: 3, selector: ({ name: item }) => item },
      ),
    }),
  );

const NAMES = ['one', 'two', 'three', 'four'] as const;
const listOf = (make: (name: string) => fc.Arbitrary<Json>): fc.Arbitrary<Json[]> =>
  fc.subarray([...NAMES]).chain(names => fc.tuple(...names.map(make)).map(found => [...found]));

const fileOf = (key: string, list: fc.Arbitrary<Json[]>): fc.Arbitrary<Json> =>
  withForeign(list.map(entries => ({ [key]: entries, writtenBy: NEWER })));

const open = (kept: Map<string, string>): Preferences =>
  new Preferences(new ManualClock(), memoryFiles(kept), [], OURS);
const contentOf = (kept: ReadonlyMap<string, string>, file: string): unknown => JSON.parse(kept.get(file) ?? 'null');
const asWritten = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const entriesOf = (content: unknown, key: string): readonly Json[] => {
  const list = isJsonRecord(content) ? content[key] : undefined;
  return Array.isArray(list) ? list.filter(isJsonRecord) : [];
};
const named = (entries: readonly Json[], name: string): unknown => entries.find(one => one['name'] === name);

describe('a file of a newer version', () => {
  it('of profiles is as it was once what this version added is removed again', async () => {
    await fc.assert(
      fc.asyncProperty(fileOf('profiles', listOf(newerProfile)), async content => {
        const kept = new Map([['profiles.json', JSON.stringify(content)]]);
        const preferences = open(kept);
        await preferences.saveProfile(profileAs('mine'));
        expect(named(entriesOf(contentOf(kept, 'profiles.json'), 'profiles'), 'mine')).toEqual(profileAs('mine'));
        await preferences.removeProfile('mine');
        expect(contentOf(kept, 'profiles.json')).toEqual(asWritten(content));
        expect(kept.get('profiles.json.last')).toBe(kept.get('profiles.json'));
        expect([...kept.keys()].filter(name => name.includes('.broken'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('of profiles keeps what it has of each profile that is changed or stays; what is not read is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fileOf('profiles', listOf(newerProfile)),
        fc.subarray([...NAMES]),
        fc.subarray([...NAMES]),
        async (content, changed, removed) => {
          const kept = new Map([['profiles.json', JSON.stringify(content)]]);
          const preferences = open(kept);
          const before = entriesOf(asWritten(content), 'profiles');
          const own = (await preferences.profiles()).filter(({ origin }) => origin === 'user');
          const readable = new Set(own.map(({ name }) => name));
          const told = (await preferences.notices()).flatMap(one => (one.kind === 'not-taken' ? one.parts : []));
          const left = told.filter(({ what }) => what === 'entry').map(({ name }) => name);
          expect(new Set([...readable, ...left])).toEqual(new Set(before.map(one => one['name'])));
          expect(readable.size + left.length).toBe(before.length);
          for (const { origin: _, ...profile } of own) {
            if (changed.some(name => name === profile.name))
              await preferences.saveProfile({ ...profile, title: 'changed' });
          }
          for (const name of removed) if (readable.has(name)) await preferences.removeProfile(name);
          const after = entriesOf(contentOf(kept, 'profiles.json'), 'profiles');
          for (const entry of before) {
            const name = String(entry['name']);
            const isRemoved = readable.has(name) && removed.some(one => one === name);
            const isChanged = readable.has(name) && changed.some(one => one === name);
            const expected = isRemoved ? undefined : isChanged ? { ...entry, title: 'changed' } : entry;
            expect(named(after, name)).toEqual(expected);
          }
          expect(after.length).toBe(before.length - removed.filter(name => readable.has(name)).length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of workspaces is as it was once what this version added is removed again', async () => {
    await fc.assert(
      fc.asyncProperty(fileOf('workspaces', listOf(newerWorkspace)), async content => {
        const kept = new Map([['workspaces.json', JSON.stringify(content)]]);
        const { workspaces } = open(kept);
        const mine: Workspace = { name: 'mine', items: [{ name: 'ab', launch: { profile: 'memfs-disk' } }] };
        await workspaces.save(mine);
        await workspaces.keep('local', 'mine', true);
        expect((await workspaces.read()).workspaces.at(-1)).toEqual(mine);
        await workspaces.remove('mine');
        expect(contentOf(kept, 'workspaces.json')).toEqual({ ...Object(asWritten(content)), kept: { local: [] } });
      }),
      { numRuns: 150 },
    );
  });

  it('of settings keeps a setting that this version cannot follow, until it is changed', async () => {
    const content = { appearance: { theme: 'sepia' }, guard: { mode: 'quarantine', zones: 2 }, writtenBy: NEWER };
    const kept = new Map([['settings.json', JSON.stringify(content)]]);
    const preferences = open(kept);
    await preferences.write({ startHidden: true });
    expect(contentOf(kept, 'settings.json')).toMatchObject(content);
    expect((await preferences.settings()).guard.mode).toBe('off');
    await preferences.write({ guard: { mode: 'observe', includeRunning: false } });
    expect(contentOf(kept, 'settings.json')).toMatchObject({
      ...content,
      guard: { mode: 'observe', includeRunning: false },
    });
  });

  it('has the names of what is not read taken', async () => {
    const profiles = [{ ...profileAs('mine'), kind: 'tape' }];
    const kept = new Map([['profiles.json', JSON.stringify({ profiles, writtenBy: NEWER })]]);
    await expect(open(kept).saveProfile(profileAs('mine'))).rejects.toThrow('invalid-input');
    expect(contentOf(kept, 'profiles.json')).toEqual({ profiles, writtenBy: NEWER });
  });

  it('goes on with a profile that is renamed, in its place', async () => {
    const [first, mine, last] = ['one', 'mine', 'last'].map(name => ({ ...profileAs(name), newKey: { of: name } }));
    const one = { ...first, privateTwin: 'mine' };
    const kept = new Map([['profiles.json', JSON.stringify({ profiles: [one, mine, last], writtenBy: NEWER })]]);
    const preferences = open(kept);
    await preferences.saveProfile({ ...profileAs('mine'), name: 'yours' }, 'mine');
    expect(contentOf(kept, 'profiles.json')).toEqual({
      profiles: [{ ...one, privateTwin: 'yours' }, { ...mine, name: 'yours' }, last],
      writtenBy: NEWER,
    });
    // One that takes the name of another is the one that it was, and the other is gone.
    await preferences.saveProfile({ ...profileAs('mine'), name: 'last' }, 'yours');
    expect(contentOf(kept, 'profiles.json')).toMatchObject({
      profiles: [
        { ...one, privateTwin: 'last' },
        { ...mine, name: 'last' },
      ],
    });
    await expect(preferences.saveProfile(profileAs('new'), 'nobody')).rejects.toThrow('not-found');
  });

  it.each([
    [
      'a policy with a rule that has one more condition',
      'policy.json',
      { name: 'p', rules: [{ allow: true, via: 'smb' }] },
    ],
    ['a policy with a finding of its own', 'policy.json', { name: 'p', findings: ['quota-exceeded'] }],
    ['profiles in another shape', 'profiles.json', { profiles: { mine: {} } }],
  ])('that cannot be used is left as it is, and says who wrote it: %s', async (_, file, content) => {
    const text = JSON.stringify({ ...content, writtenBy: NEWER });
    const kept = new Map([[file, text]]);
    const preferences = open(kept);
    const acts =
      file === 'policy.json'
        ? [() => preferences.policy(), () => preferences.savePolicy({ name: 'mine', rules: [] })]
        : [() => preferences.profiles(), () => preferences.saveProfile(profileAs('mine'))];
    for (const act of acts) {
      const fault = await act().then(() => undefined, faultOf);
      expect(fault).toMatchObject({ code: 'kept-file-not-read', file, writtenBy: NEWER });
    }
    expect([...kept]).toEqual([[file, text]]);
  });
});

describe('who wrote a file', () => {
  it.each([
    [undefined, OURS],
    ['0.0.9', OURS],
    ['nobody', OURS],
    [NEWER, NEWER],
  ])('%s becomes %s', async (before, after) => {
    const kept = new Map([['settings.json', JSON.stringify({ writtenBy: before })]]);
    await open(kept).write({ startHidden: true });
    expect(contentOf(kept, 'settings.json')).toMatchObject({ writtenBy: after });
  });
});
