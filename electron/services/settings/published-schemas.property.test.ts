import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { isJsonRecord } from '../../../shared/domain/json-path.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { policyJsonSchema } from '../../../shared/domain/policy-json-schema.ts';
import { ProfileFile, profileJsonSchema } from '../../../shared/domain/profile-file.ts';
import { Settings } from '../../../shared/domain/settings.ts';
import { settingsJsonSchema } from '../../../shared/domain/settings-json-schema.ts';
import { isValidByJsonSchema } from '../../../shared/domain/testing/json-schema-judge.ts';
import { Workspace } from '../../../shared/domain/workspace.ts';
import { scenarioJsonSchema } from '../../hosts/simulated/scenario/json-schema.ts';
import { Scenario } from '../../hosts/simulated/scenario/schema.ts';
import { KeptWorkspaces } from '../workspaces/workspace-book.ts';
import { keptWorkspacesJsonSchema, workspaceJsonSchema } from '../workspaces/workspace-json-schema.ts';

const asset = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../assets/${name}`, import.meta.url), 'utf8'));
const scenarios = readdirSync(new URL('../../../assets/scenarios', import.meta.url))
  .filter(name => name.endsWith('.json') && !name.includes('.schema.'))
  .map(name => asset(`scenarios/${name}`));

/** What no JSON Schema can say: days that there are not, and names that are there twice. */
const BEYOND = new Set(['expected a day that there is', 'two items have one name']);

/** Values that come near what is expected somewhere. */
const NEAR: readonly unknown[] = [
  '',
  'x',
  'disk',
  'network',
  'ask',
  'wait',
  'stdin',
  'file',
  'local',
  'LOCAL',
  'ssh://a@b',
  'ssh://a b',
  'host',
  '2026-12-31',
  '2026-13-31',
  'soon',
  'Z:',
  '\\a\\b',
  'c:\\secret.txt',
  'C:\\..\\x',
  'C:\\a',
  '0XC0370106',
  'A',
  'unc-leak',
  'serious',
  '10.0.20348.4294',
  '2.1.25156',
  'a'.repeat(81),
  'a'.repeat(401),
  'TOKEN',
  '{secrets}',
  0,
  1,
  -1,
  0.5,
  65_536,
  2 ** 53,
  true,
  false,
  null,
  [],
  {},
  [''],
  ['x'],
  { kind: 'ask', command: ['x'] },
];
const values = fc.oneof(fc.constantFrom<unknown>(...NEAR), fc.jsonValue({ maxDepth: 2 }));

interface Change {
  readonly place: number;
  readonly act: 'drop' | 'replace' | 'add' | 'double';
  readonly key: string;
  readonly value: unknown;
}
const changes = fc.array(
  fc.record<Change>({
    place: fc.nat(10_000),
    act: fc.constantFrom('drop', 'replace', 'replace', 'add', 'double'),
    key: fc.constantFrom('extra', 'name', 'command', 'profile', 'uncPrefix', 'container', 'stop', 'title'),
    value: values,
  }),
  { maxLength: 3 },
);

type Path = readonly (string | number)[];
const pathsOf = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(Array.isArray(value)
    ? value.flatMap((entry: unknown, at) => pathsOf(entry, [...path, at]))
    : isJsonRecord(value)
      ? Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]))
      : []),
];

function changed(value: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path;
  if (key !== undefined) {
    if (Array.isArray(value)) {
      const isDrop = rest.length === 0 && change.act === 'drop';
      return value.flatMap((entry: unknown, at) =>
        at !== key ? [entry] : isDrop ? [] : [changed(entry, rest, change)],
      );
    }
    const entries = isJsonRecord(value) ? Object.entries(value) : [];
    const isDrop = rest.length === 0 && change.act === 'drop';
    return Object.fromEntries(
      entries.flatMap(([name, entry]) =>
        name !== key ? [[name, entry]] : isDrop ? [] : [[name, changed(entry, rest, change)]],
      ),
    );
  }
  if (change.act === 'replace' || change.act === 'drop') return change.value;
  if (Array.isArray(value)) return change.act === 'double' ? [...value, ...value] : [...value, change.value];
  return isJsonRecord(value)
    ? Object.fromEntries([...Object.entries(value), [change.key, change.value]])
    : change.value;
}

const SCHEMAS: readonly (readonly [string, z.ZodType, object, readonly unknown[]])[] = [
  [
    'settings.json',
    Settings,
    settingsJsonSchema(),
    [
      {},
      { hosts: [{ id: 'local' }, { id: 'ssh://me@build-7:22', title: 'Build' }], guard: { mode: 'stop' } },
      { $schema: 'x', writtenBy: '1.0.0', appearance: { theme: 'dark' }, updates: 'off', hintsSeen: ['a'] },
    ],
  ],
  ['profiles', ProfileFile, profileJsonSchema(), [asset('profiles/example.json'), asset('profiles/built-in.json')]],
  ['a workspace', Workspace, workspaceJsonSchema(), [asset('workspaces/example.json')]],
  [
    'workspaces.json',
    KeptWorkspaces,
    keptWorkspacesJsonSchema(),
    [{ workspaces: [asset('workspaces/example.json')], kept: { local: ['everyday'] } }],
  ],
  ['a policy', Policy, policyJsonSchema(), [asset('policy/example.json')]],
  ['a scenario', Scenario, scenarioJsonSchema(), scenarios],
];

describe('the published JSON Schema and what the program reads agree', () => {
  it.each(SCHEMAS)('on %s: what one takes the other takes', (_, schema, published, examples) => {
    for (const example of examples) expect(schema.safeParse(example).error).toBeUndefined();
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...examples), changes, (example, acts) => {
        let value: unknown = JSON.parse(JSON.stringify(example));
        for (const act of acts) {
          const paths = pathsOf(value);
          value = JSON.parse(JSON.stringify(changed(value, paths[act.place % paths.length] ?? [], act)));
        }
        const read = schema.safeParse(value);
        const beyond = read.error?.issues.every(({ message }) => BEYOND.has(message)) === true;
        const isTaken = read.success || beyond;
        if (read.success) taken++;
        expect({ value, taken: isValidByJsonSchema(published, value) }).toEqual({ value, taken: isTaken });
      }),
      { numRuns: 600 },
    );
    // Else it agrees on nothing but nonsense.
    expect(taken).toBeGreaterThan(50);
  });
});
