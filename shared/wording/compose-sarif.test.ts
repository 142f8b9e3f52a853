import { describe, expect, it } from 'vitest';
import type { Finding, InspectedVolume, Inspection, Visibility } from '../domain/inspection.ts';
import type { Namespace } from '../domain/namespace.ts';
import { Policy } from '../domain/policy.ts';
import { SarifLog } from '../domain/sarif.ts';
import { composeSarif } from './compose-sarif.ts';
import { policyJudgement } from './word-violation.ts';

const namespacesOf = (first: number): Namespace[] => [
  { id: 'host', kind: 'host', label: 'host' },
  ...['a', 'b\u202Eevil\u0007'].map(
    (name, index): Namespace => ({
      id: `silo:${first + index * 4}`,
      kind: 'silo',
      label: name,
      container: { id: 'f'.repeat(64), name, image: 'i', isolation: 'process', labels: {}, managed: false },
    }),
  ),
];
const cell = (namespace: string, visible: Visibility['visible']): Visibility => ({
  namespace,
  visible,
  through: [],
  because: 'shared-mup',
  evidence: { rank: 'probe', ground: 'observed' },
});
const volumeOf = (device: string, home: string, cells: Visibility[], uncPrefix?: string): InspectedVolume => ({
  device,
  kind: uncPrefix === undefined ? 'disk' : 'network',
  home,
  ...(uncPrefix === undefined ? {} : { uncPrefix }),
  mountPoints: ['Y:'],
  verdict: 'leaked',
  proof: { rank: 'probe', ground: 'observed' },
  visibility: cells,
  chain: [],
  findings: [],
});
/** The same story with other silo ids and devices, as after a restart. */
const inspectionOf = (first: number): Inspection => {
  const [host, a, b] = ['host', `silo:${first}`, `silo:${first + 4}`] as const;
  const leak = volumeOf(
    `\\Device\\Volume{${first}}`,
    a,
    [cell(host, 'yes'), cell(a, 'yes'), cell(b, 'yes')],
    '\\memfs\\share',
  );
  const disk = volumeOf(`\\Device\\Volume{${first + 1}}`, b, [cell(host, 'unknown'), cell(a, 'no'), cell(b, 'yes')]);
  const finding = (code: Finding['code'], severity: Finding['severity'], volumes: string[]): Finding => ({
    code,
    severity,
    volumes,
    namespaces: [host],
    summary: 'What it is.',
    fix: 'What to do.',
  });
  return {
    takenAt: '2026-06-15T12:00:00.000Z',
    host: {
      id: 'simulated',
      facts: {
        machineName: 'BOX',
        build: 26100,
        revision: 1,
        displayVersion: '24H2',
        edition: 'Windows Server 2025 Datacenter',
        productType: 'server',
        architecture: 'x64',
      },
    },
    namespaces: namespacesOf(first),
    volumes: [leak, disk],
    findings: [
      finding('unc-leak', 'serious', [leak.device]),
      finding('class-collision', 'warning', [leak.device]),
      finding('fsd-stopped', 'info', []),
    ],
    gaps: [{ namespace: b, what: 'volume list', reason: 'no answer' }],
  };
};
const policyOf = (more: object = {}): Policy => Policy.parse({ name: 'team', findings: ['class-collision'], ...more });
const logOf = (inspection: Inspection, policy?: Policy) =>
  composeSarif({
    version: '0.1.0',
    inspection,
    simulated: true,
    ...(policy === undefined
      ? {}
      : {
          policy: {
            name: policy.name,
            judgement: policyJudgement(policy, inspection),
            file: { uri: 'policy.json', placeOf: rule => ({ line: rule + 3, column: 5 }) },
          },
        }),
  });
const resultsOf = (log: SarifLog) =>
  (log.runs[0]?.results ?? []).map(({ ruleId, kind, level, suppressions }) =>
    [ruleId, kind, level, ...(suppressions ?? []).map(({ justification }) => justification)].join(' '),
  );

describe('an inspection as a SARIF log', () => {
  it.each([
    [
      'without a policy: findings by their severity',
      undefined,
      ['unc-leak fail error', 'class-collision fail warning', 'fsd-stopped fail note'],
    ],
    [
      'with a policy: its violations fail, the rest informs',
      policyOf(),
      ['unc-leak fail error', 'unc-leak fail error', 'class-collision fail error', 'fsd-stopped informational none'],
    ],
    [
      'with acceptances: suppressed, with their reason',
      policyOf({ acceptances: [{ code: 'unc-leak', uncPrefix: '*', reason: 'meant', until: '2026-12-31' }] }),
      [
        'unc-leak fail error',
        'class-collision fail error',
        'unc-leak fail error meant (until 2026-12-31)',
        'fsd-stopped informational none',
      ],
    ],
    [
      'with a policy that allows',
      policyOf({ otherwise: 'allow', findings: [] }),
      ['class-collision informational none', 'fsd-stopped informational none'],
    ],
  ] as const)('%s', (_, policy, expected) => {
    const log = logOf(inspectionOf(8), policy);
    expect(SarifLog.parse(log)).toEqual(log);
    expect(resultsOf(log)).toEqual(expected);
  });

  it('says where: the volume, who sees it, and the rule that decided in its file', () => {
    const rules = [
      { uncPrefix: '\\other\\*', allow: true },
      { seenFrom: 'anywhere', allow: false },
    ];
    const [first] = logOf(inspectionOf(8), policyOf({ rules })).runs[0]?.results ?? [];
    expect(first).toMatchObject({
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'policy.json' }, region: { startLine: 4, startColumn: 5 } },
          logicalLocations: [{ name: '\\memfs\\share', fullyQualifiedName: 'a/\\memfs\\share', kind: 'volume' }],
        },
      ],
      relatedLocations: [
        { id: 1, logicalLocations: [{ name: 'host', kind: 'namespace' }] },
        { id: 2, logicalLocations: [{ kind: 'namespace' }] },
      ],
    });
  });

  it('keeps its fingerprints over a restart, when devices and silo ids are others, and has each once', () => {
    const prints = (first: number): string[] =>
      (logOf(inspectionOf(first), policyOf()).runs[0]?.results ?? []).map(
        ({ partialFingerprints }) => partialFingerprints['siloscope/v1'] ?? '',
      );
    expect(prints(8)).toEqual(prints(1_024));
    expect(new Set(prints(8)).size).toBe(prints(8).length);
  });

  it('holds no control or direction character of a name, and tells what could not be asked', () => {
    const log = logOf(inspectionOf(8), policyOf());
    expect(JSON.stringify(log)).not.toMatch(/\p{Bidi_Control}|\\u0007/u);
    expect(log.runs[0]?.invocations[0]?.toolExecutionNotifications).toHaveLength(1);
  });

  it('has a rule with help for every kind of finding, at the index its results name', () => {
    const [run] = logOf(inspectionOf(8), policyOf()).runs;
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    expect(run?.tool.driver.rules.every(({ help }) => help.text.length > 40)).toBe(true);
  });
});
