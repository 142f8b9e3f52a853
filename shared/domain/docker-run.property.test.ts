import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeDockerRun, type DockerRun, parseDockerRun } from './docker-run.ts';

const value = fc.string({ unit: fc.constantFrom('a', 'B', '1', ' ', '"', '\\', '%', '&', '^', '=', ':', '-', 'é') });
const list = fc.array(value, { maxLength: 4 });
const optional = fc.option(value, { nil: undefined });
const run = fc
  .record({
    detach: fc.boolean(),
    interactive: fc.boolean(),
    tty: fc.boolean(),
    remove: fc.boolean(),
    isolation: optional,
    name: optional,
    restart: optional,
    workingDirectory: optional,
    user: optional,
    network: optional,
    entrypoint: optional,
    environment: list,
    labels: list,
    binds: list,
    others: fc.array(
      fc.oneof(
        value.map(text => `--memory=${text}`),
        fc.constantFrom('-P', '--init', '-p=80:80'),
      ),
    ),
    image: fc.constantFrom('i', 'mcr.microsoft.com/windows/servercore:ltsc2022', 'a@sha256:00'),
    command: list,
  })
  .map(record => Object.fromEntries(Object.entries(record).filter(([, field]) => field !== undefined)) as unknown);

describe('any docker run', () => {
  it('comes back from its own line', () => {
    fc.assert(
      fc.property(run, given => {
        expect(parseDockerRun(composeDockerRun(given as DockerRun))).toEqual({ ok: true, run: given });
      }),
      { numRuns: 5_000 },
    );
  });

  it('can be tried from any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          value.map(text => `docker run ${text}`),
        ),
        text => typeof parseDockerRun(text).ok === 'boolean',
      ),
    );
  });
});
