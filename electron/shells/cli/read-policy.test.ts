import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf } from '../../../shared/contract/fault.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { SarifLog } from '../../../shared/domain/sarif.ts';
import { parseDocument } from './parse-document.ts';
import { readPolicy } from './read-policy.ts';
import { ran, ranJson } from './testing/real-doors.ts';
import { fileReference } from './write-sarif.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

const issuesOf = (text: string): string[] => {
  try {
    parseDocument(Policy, text, 'p.json');
    return [];
  } catch (caught) {
    const fault = faultOf(caught);
    return fault.code === 'invalid-input'
      ? fault.issues.map(({ path, message }) => `${path} ${message}`)
      : [fault.code];
  }
};

describe('a policy file', () => {
  it.each([
    ['that is no JSON', '{\n  "name": nope }', ['p.json:2:11 expected a value, found nope']],
    ['that is no object', '[]', ['p.json:1:1 $: expected an object, found an array of 0 items']],
    ['without a name', '{ "rules": [] }', ['p.json:1:1 $.name: expected a text, found nothing']],
    [
      'with a misspelt key',
      '{\n  "name": "p",\n  "rulez": []\n}',
      ['p.json:3:12 $.rulez: unknown key; did you mean "rules"?'],
    ],
    [
      'with a wrong place',
      '{ "name": "p",\n "rules": [\n  { "allow": true },\n  { "allow": false, "seenFrom": "moon" } ] }',
      ['p.json:4:33 $.rules[1].seenFrom: expected "host", "silo" or "anywhere", found "moon"'],
    ],
    [
      'with no end of an acceptance',
      '{ "name": "p", "acceptances": [\n { "code": "unc-leak", "container": "a", "reason": "r", "until": "soon" } ] }',
      [
        'p.json:2:66 $.acceptances[0].until: expected a date such as 2026-12-31, or a moment such as 2026-12-31T18:00:00Z, found "soon"',
      ],
    ],
  ])('%s is refused with line, column and field', (_, text, issues) => {
    expect(issuesOf(text)).toEqual(issues);
  });

  it('may name its schema, and knows where its rules are', async () => {
    const file = join(folder, 'good.json');
    await writeFile(
      file,
      '\uFEFF{ "$schema": "./policy.schema.json",\n  "name": "p",\n  "rules": [\n    { "allow": true }\n  ]\n}',
    );
    const { policy, placeOf } = await readPolicy(file);
    expect([policy.rules.length, placeOf(0)]).toEqual([1, { line: 4, column: 5 }]);
  });

  it('that comes along as an example is one', async () => {
    const text = await readFile(new URL('../../../assets/policy/example.json', import.meta.url), 'utf8');
    expect(Policy.parse(JSON.parse(text)).acceptances?.length).toBe(1);
  });
});

describe('inspect as a gate', () => {
  const PAGE = ['--scenario', 'winfsp-container-support'];

  it.each([
    ['no policy', [], 0, []],
    ['no leaks', ['--policy', 'no-leaks'], 6, ['fail error']],
    ['what is meant, allowed', ['--policy', 'FILE'], 0, []],
  ] as const)('with %s ends and writes SARIF accordingly', async (_, options, exitCode, expected) => {
    const file = join(folder, 'policy.json');
    const sarif = join(folder, 'out.sarif');
    await writeFile(file, JSON.stringify({ name: 'meant', rules: [{ uncPrefix: '\\memfs\\share', allow: true }] }));
    const argv = options.map(one => (one === 'FILE' ? file : one));
    expect((await ranJson('inspect', ...PAGE, ...argv, '--sarif', sarif)).exitCode).toBe(exitCode);
    const log = SarifLog.parse(JSON.parse(await readFile(sarif, 'utf8')));
    const failed = log.runs[0]?.results.filter(({ ruleId, kind }) => ruleId === 'unc-leak' && kind === 'fail') ?? [];
    if (argv.length > 0) expect(failed.map(({ kind, level }) => `${kind} ${level}`)).toEqual(expected);
    expect(log.runs[0]?.properties['simulated']).toBe(true);
  });

  it('says what is accepted, and until when', async () => {
    const file = join(folder, 'accepting.json');
    const acceptance = { code: 'unc-leak', container: 'memfs-*', reason: 'moved in spring', until: '2999-12-31' };
    await writeFile(file, JSON.stringify({ name: 'kind', acceptances: [acceptance] }));
    const { exitCode, out } = await ran(['inspect', ...PAGE, '--policy', file], {
      env: { NO_COLOR: '1' },
      columns: 200,
    });
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: expect.stringContaining('Accepted until 2999-12-31: moved in spring'),
    });
  });

  it('refuses a file that cannot be written, after the work, and says which option', async () => {
    const { exitCode, json } = await ranJson('inspect', ...PAGE, '--sarif', join(folder, 'no', 'such', 'x.sarif'));
    expect({ exitCode, json }).toEqual({
      exitCode: 2,
      json: expect.objectContaining({
        fault: expect.objectContaining({ issues: [expect.objectContaining({ path: '--sarif' })] }),
      }),
    });
  });
});

describe('a path as a URI reference', () => {
  it.each([
    ['policies/my policy.json', 'policies/my%20policy.json'],
    ['policies\\team.json', 'policies/team.json'],
    ['C:\\policies\\a b.json', 'file:///C:/policies/a%20b.json'],
    ['/etc/p.json', 'file:///etc/p.json'],
  ])('%s', (path, expected) => {
    expect(fileReference(path)).toBe(expected);
  });
});
