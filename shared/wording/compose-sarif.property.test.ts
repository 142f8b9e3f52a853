import fc from 'fast-check';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { FindingCode, type Inspection } from '../domain/inspection.ts';
import { Policy } from '../domain/policy.ts';
import { SarifLog } from '../domain/sarif.ts';
import { composeSarif } from './compose-sarif.ts';
import { policyJudgement } from './word-violation.ts';

const text = fc.string({ unit: fc.constantFrom('a', '{', '}', '\u202e', '\u0007', '\\', ' ', '%', '"', 'é') });
const ids = ['host', 'silo:4', 'silo:8'] as const;
const inspection = fc
  .record({
    labels: fc.tuple(text, text),
    volumes: fc.array(
      fc.record({
        home: fc.constantFrom(...ids),
        uncPrefix: fc.option(text, { nil: undefined }),
        seen: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
      }),
      { maxLength: 4 },
    ),
    findings: fc.array(
      fc.record({
        code: fc.constantFrom(...FindingCode.options),
        of: fc.array(fc.nat(3), { maxLength: 3 }),
        summary: text,
      }),
      { maxLength: 4 },
    ),
    gaps: fc.array(fc.record({ hides: fc.boolean(), what: text, reason: text }), { maxLength: 3 }),
  })
  .map(
    ({ labels, volumes, findings, gaps }): Inspection => ({
      takenAt: '2026-06-15T12:00:00.000Z',
      host: {
        id: 'simulated',
        facts: {
          machineName: 'BOX',
          build: 26100,
          revision: 1,
          displayVersion: '24H2',
          edition: 'Windows 11 Pro',
          productType: 'client',
          architecture: 'x64',
        },
      },
      namespaces: ids.map((id, at) => ({ id, kind: id === 'host' ? 'host' : 'silo', label: labels[at - 1] ?? 'host' })),
      volumes: volumes.map(({ home, uncPrefix, seen }, at) => ({
        device: `\\Device\\Volume{${at}}`,
        kind: uncPrefix === undefined ? 'disk' : 'network',
        home,
        ...(uncPrefix === undefined ? {} : { uncPrefix }),
        mountPoints: [],
        verdict: 'leaked',
        proof: { rank: 'rule', ground: 'documented' },
        visibility: ids.map(namespace => ({
          namespace,
          visible: namespace === home ? 'yes' : seen,
          through: [],
          because: 'shared-mup',
          evidence: { rank: 'rule', ground: 'documented' },
        })),
        chain: [],
        findings: [],
      })),
      findings: findings.map(({ code, of, summary }) => ({
        code,
        severity: 'warning',
        volumes: of.map(at => `\\Device\\Volume{${at}}`),
        namespaces: ['host'],
        summary: summary === '' ? 'x' : summary,
        fix: 'Do that.',
      })),
      gaps: gaps.map(({ hides, what, reason }) => ({
        namespace: 'silo:4',
        what,
        reason,
        ...(hides ? { hides: 'volumes' as const } : {}),
      })),
    }),
  );
const policy = fc.option(
  fc.record({ otherwise: fc.constantFrom('allow' as const, 'forbid' as const), allowGaps: fc.boolean() }),
  { nil: undefined },
);

describe('any inspection as a SARIF log', () => {
  it('is of the official shape, holds what its schema asks of a value, and is never clean where volumes may be missing', () => {
    fc.assert(
      fc.property(inspection, policy, (found, chosen) => {
        const rules = Policy.parse({ name: 'p', otherwise: chosen?.otherwise, findingsFrom: 'info' });
        const log: Log = composeSarif({
          version: '0.1.0',
          inspection: found,
          simulated: true,
          ...(chosen === undefined
            ? {}
            : {
                policy: { name: 'p', judgement: policyJudgement(rules, found), allowGaps: chosen.allowGaps },
              }),
        });
        expect(SarifLog.parse(log)).toEqual(log);
        const [run] = log.runs;
        const isHiding = found.gaps.some(({ hides }) => hides !== undefined);
        expect(run?.invocations?.[0]?.executionSuccessful).toBe(!isHiding);
        const told = run?.results?.filter(({ ruleId }) => ruleId === 'not-listed').map(({ level }) => level);
        const level = chosen === undefined ? 'warning' : chosen.allowGaps ? 'none' : 'error';
        expect(told).toEqual(isHiding ? [level] : []);
      }),
      { numRuns: 500 },
    );
  });
});
