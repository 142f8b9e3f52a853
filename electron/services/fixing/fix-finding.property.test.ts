import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Inspection } from '../../../shared/domain/inspection.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y:';
const commandLine = fc.constantFrom(
  MEMFS,
  `${MEMFS} -u \\memfs\\share`,
  `${MEMFS} -u \\MEMFS\\Share`,
  `${MEMFS} -u \\memfs\\other`,
  `${MEMFS} -u \\alone\\x`,
  'C:\\hubfs\\hubfs.exe -o VolumePrefix=\\hubfs\\github.com github.com Y:',
  'C:\\juicefs\\juicefs.exe mount --alias data sqlite3://meta.db Y:',
);
const host = fc
  .record({
    commandLines: fc.array(commandLine, { minLength: 1, maxLength: 4 }),
    onHost: fc.option(fc.constantFrom('\\memfs\\host', '\\other\\host'), { nil: undefined }),
    hasGhost: fc.boolean(),
    seed: fc.nat({ max: 1_000 }),
  })
  .map(
    ({ commandLines, onHost, hasGhost, seed }): ScenarioInput => ({
      seed,
      winfsp: { fsd: 'running' },
      images: [
        {
          reference: SERVERCORE,
          base: 'servercore',
          osVersion: '10.0.26100.4652',
          files: { 'C:\\hubfs\\hubfs.exe': 'program:hubfs', 'C:\\juicefs\\juicefs.exe': 'program:juicefs' },
        },
      ],
      containers: commandLines.map((line, index) => ({
        name: `box-${index}`,
        image: SERVERCORE,
        environment: { PATH: 'C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\System32' },
        fileSystems: [{ commandLine: line }],
      })),
      hostFileSystems: onHost === undefined ? [] : [{ commandLine: `${MEMFS.replace('Y:', 'H:')} -u ${onHost}` }],
      ghosts: hasGhost
        ? [{ mountPoint: 'X:', target: '\\Device\\Volume{00000000-0000-4000-8000-000000000001}\\old\\x' }]
        : [],
    }),
  );

const look = (open: SimulatedServices): Promise<Inspection> => open.call('inspection.take', {});

/** A relaunched volume has another device and is about the same container. */
function subjectsOf({ namespaces, findings }: Inspection): Set<string> {
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  return new Set(findings.flatMap(({ code, namespaces: homes }) => homes.map(id => `${code} ${labels.get(id) ?? id}`)));
}

async function fixAll(scenario: ScenarioInput, choose: number): Promise<void> {
  const open = await openSimulatedServices(scenario);
  try {
    for (let round = 0; round < 3; round++) {
      const before = await look(open);
      const offers = before.findings.flatMap(finding =>
        (finding.fixes ?? []).filter(({ kind }) => kind !== 'accept').map(fix => ({ finding, fix })),
      );
      const offer = offers[choose % Math.max(1, offers.length)];
      if (offer === undefined) return;
      const { finding, fix } = offer;
      const accept = fix.relaunches.flatMap(({ device }) => device ?? []);
      const done = await open.call('finding.fix', { finding: finding.id ?? '', fix: fix.kind, accept });
      const how = `${finding.id} by ${fix.kind}`;
      const after = await look(open);
      expect([how, done.gone], how).toEqual([how, fix.effect === 'ends']);
      if (fix.effect === 'softens') expect(isLighter(finding, after), how).toBe(true);
      const known = subjectsOf(before);
      expect(
        [...subjectsOf(after)].filter(subject => !known.has(subject)),
        how,
      ).toEqual([]);
      expect(after.volumes.length, how).toBe(before.volumes.length);
    }
    expect(open.host.networkLog()).toEqual([]);
  } finally {
    await open.dispose();
  }
}

const WEIGHTS = { info: 0, warning: 1, serious: 2 } as const;

function isLighter({ id, severity }: Finding, after: Inspection): boolean {
  return after.findings.some(one => one.id === id && WEIGHTS[one.severity] < WEIGHTS[severity]);
}

describe('on a whole host, with real containers', () => {
  it('each fix that is offered ends its finding, or softens it, and makes no new one', async () => {
    await fc.assert(fc.asyncProperty(host, fc.nat({ max: 20 }), fixAll), { numRuns: 30 });
  }, 180_000);
});
