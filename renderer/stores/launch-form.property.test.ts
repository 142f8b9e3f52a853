import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommandLine } from '../../shared/domain/command-line.ts';
import { composeDockerRun, type DockerRun, parseDockerRun } from '../../shared/domain/docker-run.ts';
import { isSecretName, MASK, maskDockerRun } from '../../shared/domain/secrets.ts';
import { dockerRunText, EMPTY_FORM, formOfDockerRun, type LaunchForm } from './launch-form.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'B', '1', ' ', '"', '\\', '%', '&', '^', ':', '-', 'é') });
const variable = fc.constantFrom('A', 'PATH', 'DB_PASSWORD', 'api_token', 'SecretThing', 'SSH_KEY', 'GREETING');
const pair = fc.tuple(variable, text).map(([name, value]) => `${name}=${value}`);

const run = fc.record({
  detach: fc.boolean(),
  interactive: fc.boolean(),
  tty: fc.boolean(),
  remove: fc.boolean(),
  isolation: fc.constantFrom('process', 'hyperv'),
  name: fc.constantFrom('a', 'share-1', 'x.y'),
  restart: fc.constantFrom('no', 'always', 'on-failure:3'),
  user: text,
  environment: fc.array(fc.oneof(pair, variable), { maxLength: 5 }),
  labels: fc.uniqueArray(pair, { selector: entry => entry.split('=')[0] ?? '', maxLength: 3 }),
  binds: fc.uniqueArray(
    text.map(tail => `C:\\d${tail}:C:\\d`),
    { maxLength: 3 },
  ),
  others: fc.array(
    fc.oneof(
      text.map(value => `--memory=${value}`),
      fc.constantFrom('-P', '--init', '-p=80:80'),
    ),
    { maxLength: 4 },
  ),
  image: fc.constantFrom('i', 'mcr.microsoft.com/windows/servercore:ltsc2022'),
  // A program's name holds no quotation mark: Windows has no way to write one there.
  command: fc
    .tuple(
      text.map(name => `p${name.replaceAll('"', '')}`),
      fc.array(text, { maxLength: 3 }),
    )
    .map(([program, rest]) => [program, ...rest]),
}) satisfies fc.Arbitrary<DockerRun>;

function paste(line: string, form: LaunchForm): LaunchForm {
  const read = parseDockerRun(line);
  if (!read.ok) throw new Error(`${read.because}: ${line}`);
  return formOfDockerRun(form, read.run);
}

const textOf = (form: LaunchForm): string =>
  dockerRunText(
    {
      name: form.name,
      image: form.image,
      isolation: form.isolation,
      command: splitCommandLine(form.command),
      kind: 'disk',
      binds: [...form.binds],
      dockerRun: '',
      predicted: [],
      warnings: [],
    },
    form,
  );

describe('any docker run that is pasted', () => {
  it('fills a form whose text fills the same form: no flag, known or unknown, and no secret is lost', () => {
    fc.assert(
      fc.property(run, given => {
        const form = paste(composeDockerRun(given), EMPTY_FORM);
        expect(paste(textOf(form), form)).toEqual(form);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every flag that a launch has no place for in the text', () => {
    fc.assert(
      fc.property(run, given => {
        const read = parseDockerRun(textOf(paste(composeDockerRun(given), EMPTY_FORM)));
        expect(read.ok && { ...read.run, detach: given.detach, environment: [] }).toEqual({
          ...maskDockerRun(given),
          environment: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('never shows the value of a secret', () => {
    fc.assert(
      fc.property(run, given => {
        const form = paste(composeDockerRun(given), EMPTY_FORM);
        const read = parseDockerRun(textOf(form));
        const shown = read.ok
          ? read.run.environment.filter(entry => entry.includes('=')).map(entry => entry.split(/=(.*)/s))
          : [];
        for (const [name = '', value = ''] of shown) {
          if (isSecretName(name) && form.environment[name] !== undefined) {
            expect(value).toBe(form.environment[name] === '' ? '' : MASK);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
