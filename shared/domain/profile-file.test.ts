import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeName, meetProfiles, planImport } from './import-profiles.ts';
import type { Profile } from './profile.ts';
import { composeProfileFile, profileJsonSchema, readProfileText } from './profile-file.ts';
import { profileIssues } from './profile-issues.ts';
import { BUILT_IN_PROFILES } from './profiles.ts';

const OWN: Profile = {
  name: 'own',
  title: 'Own',
  description: 'Mine.',
  command: ['C:\\tool\\tool.exe', '{mountPoint}'],
  kind: 'disk',
  defaults: { mountPoint: 'X:' },
};

describe('a file of profiles', () => {
  it('comes back as it was written: every profile that comes along', () => {
    const { text, masked } = composeProfileFile(BUILT_IN_PROFILES);
    expect(masked).toEqual([]);
    expect(readProfileText(text)).toEqual({ profiles: BUILT_IN_PROFILES });
  });

  it.each([
    ['one profile alone', OWN],
    ['a list', [OWN]],
    ['what "profiles --json" lists', { profiles: [{ ...OWN, origin: 'user' }] }],
  ])('is read from %s', (_, value) => {
    expect(readProfileText(`\uFEFF${JSON.stringify(value, undefined, 2)}`)).toEqual({ profiles: [OWN] });
  });

  it.each([
    ['{', 1, 2, '', 'expected a key in double quotes, found the end of the text'],
    ['{\n  "name": "own",,', 2, 17, '', 'expected a key in double quotes, found ,'],
    [JSON.stringify({ ...OWN, kind: 'drive' }, undefined, 1), 9, 10, 'kind', 'expected "disk" or "network"'],
  ])('tells a mistake with line and column: %s', (text, line, column, field, message) => {
    expect(readProfileText(text)).toMatchObject({
      mistakes: [{ line, column, field, message: expect.stringContaining(message) }],
    });
  });

  it.each([
    [
      { ...OWN, colour: 'red' },
      '"red"',
      'colour',
      expect.stringMatching(/^unknown key; \d+ are known here, such as name, title, description$/),
    ],
    [{ ...OWN, privatTwin: 'x' }, '"x"', 'privatTwin', 'unknown key; did you mean "privateTwin"?'],
    [[{ ...OWN, title: 'First' }, OWN], '"own","title":"Own"', '1.name', 'that name is there twice'],
    [
      { profiles: [{ ...OWN, command: ['x.exe', '--key={secret:k}'] }] },
      '"--key',
      'profiles.0.command.1',
      'no secret of the profile is named "k"',
    ],
  ])('tells where in a line it is: %#', (value, place, field, message) => {
    const text = JSON.stringify(value);
    expect(readProfileText(text)).toEqual({ mistakes: [{ line: 1, column: text.indexOf(place) + 1, field, message }] });
  });

  it('tells every mistake in plain words, as they stand in the text', () => {
    const text = `[{
  "name": "Bad Name",
  "titel": "x",
  "command": [],
  "environment": { "TOKEN": 12345 },
  "kind": "drive", "secrets": [
    { "name": "X", "title": "", "deliver": { "by": "pigeon" } },
    { "name": "x", "title": "X", "deliver": { "by": "environment", "variable": "1A" } }
  ],
  "unwritten": 3,
  "recipe": { "dockerfile": "FROM x", "args": { "1": "" }, "name": "A B", "files": [{ "from": "C:\\\\a", "name": "/" }] }
}, 7]`;
    const reading = readProfileText(text);
    const told = 'mistakes' in reading ? reading.mistakes : [];
    expect(told.map(({ line, field, message }) => `${line} ${field}: ${message}`)).toEqual([
      '1 0.title: missing; expected a text',
      '1 0.description: missing; expected a text',
      '1 0.defaults: missing; expected an object',
      '2 0.name: expected lower case letters, digits and "-", with no "-" first',
      '3 0.titel: unknown key; did you mean "title"?',
      '4 0.command: expected at least 1 item',
      '5 0.environment.TOKEN: expected a text',
      '6 0.kind: expected "disk" or "network"',
      '7 0.secrets.0.name: expected lower case letters, digits and "-", at most 63 of them',
      '7 0.secrets.0.title: expected at least 1 character',
      '7 0.secrets.0.deliver.by: expected "file", "stdin", "environment" or "argument"',
      '8 0.secrets.1.deliver.variable: expected letters, digits and "_", with no digit first',
      '10 0.unwritten: expected an object',
      '11 0.recipe.args.1: expected a key of letters, digits and "_", with no digit first',
      '11 0.recipe.name: expected the name of an image without its tag, such as team/rclone',
      '11 0.recipe.files.0.name: expected letters, digits, ".", "_" and "-", with a letter or digit first',
      '12 1: expected an object',
    ]);
  });

  it('tells mistakes in the order of their places, without a value or a pattern, whatever is wrong', () => {
    const keys = fc.constantFrom(...Object.keys(OWN), 'secrets', 'recipe', 'stop', 'unwritten', 'environment', 'other');
    const broken = fc.array(fc.dictionary(keys, fc.oneof(fc.json(), fc.constant('hunter2'), fc.integer())));
    fc.assert(
      fc.property(broken, fc.nat(2), (value, indent) => {
        const reading = readProfileText(JSON.stringify(value, undefined, indent));
        const mistakes = 'mistakes' in reading ? reading.mistakes : [];
        const places = mistakes.map(({ line, column }) => line * 1e6 + column);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(mistakes.map(({ message }) => message).join()).not.toMatch(/hunter2|Invalid|pattern|received|Too /);
      }),
    );
  });

  it('never takes a secret along that stands in it in clear, and cannot be imported with the mask', () => {
    const leaky: Profile = { ...OWN, command: ['x.exe', '--password', 'hunter2'], environment: { API_TOKEN: 'abc' } };
    const { text, masked } = composeProfileFile([leaky, OWN]);
    expect(masked).toEqual(['own']);
    expect(text).not.toMatch(/hunter2|abc/);
    expect(readProfileText(composeProfileFile([leaky]).text)).toMatchObject({
      mistakes: [
        { field: 'profiles.0.command.2', message: expect.stringContaining('masked') },
        { field: 'profiles.0.environment.API_TOKEN' },
      ],
    });
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const reading = readProfileText(text);
        expect('profiles' in reading || reading.mistakes.length > 0).toBe(true);
      }),
    );
  });

  it('has a published schema', async () => {
    const text = `${JSON.stringify(profileJsonSchema(), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../assets/profiles/profiles.schema.json');
    expect(await readFile(new URL('../../assets/profiles/example.json', import.meta.url), 'utf8')).toContain('$schema');
  });

  it('is the form of those that come along', async () => {
    const text = await readFile(new URL('../../assets/profiles/built-in.json', import.meta.url), 'utf8');
    expect(readProfileText(text)).toEqual({ profiles: BUILT_IN_PROFILES });
  });

  it('has an example that can be imported', async () => {
    const text = await readFile(new URL('../../assets/profiles/example.json', import.meta.url), 'utf8');
    expect(readProfileText(text)).toMatchObject({ profiles: [{ name: 'rclone-team' }, { name: 'any-fuse' }] });
  });
});

describe('a profile with secrets', () => {
  const file = { name: 'a', title: 'A', deliver: { by: 'file' as const } };
  it.each<[string, Partial<Profile>, string]>([
    [
      'an argument without its place',
      { secrets: [{ ...file, deliver: { by: 'argument' } }] },
      'no argument holds {secret:a}',
    ],
    ['one name twice', { secrets: [file, file] }, '"a" is there twice'],
    [
      'two for one input',
      {
        secrets: [
          { ...file, deliver: { by: 'stdin' } },
          { ...file, name: 'b', deliver: { by: 'stdin' } },
        ],
      },
      'two secrets cannot share the one input',
    ],
    [
      'a place in the middle of an argument',
      { command: ['x.exe', 'a{secrets}'] },
      '{secrets} is an argument of its own',
    ],
    [
      'a place for what is a line of input',
      { command: ['x.exe', '{secret:a}'], secrets: [{ ...file, deliver: { by: 'stdin' } }] },
      '"a" is handed over by stdin: nothing stands here',
    ],
  ])('is wrong with %s', (_, change, message) => {
    expect(profileIssues({ ...OWN, ...change }).map(issue => issue.message)).toEqual([message]);
  });

  it('that comes along is right', () => {
    expect(BUILT_IN_PROFILES.flatMap(profileIssues)).toEqual([]);
  });
});

describe('profiles that are imported', () => {
  const present = [
    ...BUILT_IN_PROFILES.map(profile => ({ ...profile, origin: 'built-in' as const })),
    { ...OWN, origin: 'user' as const },
  ];
  const changed = { ...OWN, title: 'Other' };
  const builtIn = { ...OWN, name: 'memfs-disk' };

  it('meet those that are there', () => {
    const reordered = Object.fromEntries(Object.entries(OWN).reverse()) as Profile;
    expect(meetProfiles([{ ...OWN, name: 'fresh' }, reordered, changed, builtIn], present)).toEqual([
      'new',
      'same',
      'taken',
      'built-in',
    ]);
  });

  it.each([
    ['keep-both', changed, { name: 'own', does: 'rename', profile: { ...changed, name: 'own-2' } }],
    ['replace', changed, { name: 'own', does: 'replace', profile: changed }],
    ['skip', changed, { name: 'own', does: 'skip' }],
    ['replace', builtIn, { name: 'memfs-disk', does: 'rename', profile: { ...builtIn, name: 'memfs-disk-2' } }],
    ['skip', OWN, { name: 'own', does: 'same' }],
  ] as const)('with %s: %#', (choice, profile, step) => {
    expect(planImport([profile], present, () => choice)).toEqual([step]);
  });

  it('never replace a built-in one, and never save two of one name', () => {
    const choices = fc.constantFrom('keep-both' as const, 'replace' as const, 'skip' as const);
    const names = fc.array(fc.constantFrom('own', 'own-2', 'memfs-disk', 'x'), { minLength: 1 });
    fc.assert(
      fc.property(names, choices, (incoming, choice) => {
        const steps = planImport(
          incoming.map(name => ({ ...changed, name })),
          present,
          () => choice,
        );
        const saved = steps.flatMap(({ profile }) => profile?.name ?? []);
        expect(new Set(saved).size).toBe(saved.length);
        expect(saved.filter(name => BUILT_IN_PROFILES.some(profile => profile.name === name))).toEqual([]);
      }),
    );
  });

  it('get the first free name', () => {
    expect(freeName('a-2', new Set(['a-2', 'a-3']))).toBe('a-4');
  });
});
