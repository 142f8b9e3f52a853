import type { ReportParts } from '../../../contract/report.ts';
import type { InspectedVolume, Inspection } from '../../../domain/inspection.ts';
import type { Namespace } from '../../../domain/namespace.ts';
import { visibilityOf } from '../../../domain/visibility.ts';
import type { Volume } from '../../../domain/volume.ts';

const AT = '2026-11-22T14:02:00.000Z';

/** The parts of a report on so many silos, each with a network volume; its names are what a container chose. */
export function worldOf({
  silos = 2,
  name = 'billing',
  commandLine = 'memfs-x64.exe -i -m Y:',
}: {
  readonly silos?: number;
  readonly name?: string;
  readonly commandLine?: string;
}): ReportParts {
  const numbers = Array.from({ length: silos }, (_, at) => at + 1);
  const namespaces: Namespace[] = [
    { id: 'host', kind: 'host', label: 'host' },
    ...numbers.map((at): Namespace => ({ id: `silo:${4 * at}`, kind: 'silo', label: `${name}${at}`, siloId: 4 * at })),
  ];
  const volumes = numbers.map(
    (at): Volume => ({
      device: `\\Device\\Volume{${at}${name}}`,
      kind: 'network',
      home: `silo:${4 * at}`,
      uncPrefix: `\\class${at}\\${name}`,
      provider: `\\Device\\WinFsp.Mup+2.1{${at}}`,
      mountPoints: ['Y:'],
      fileSystem: { program: 'memfs-x64.exe', commandLine },
    }),
  );
  const rows = visibilityOf({ volumes, namespaces });
  const inspected = volumes.map(
    (volume, at): InspectedVolume => ({
      ...volume,
      verdict: 'leaked',
      proof: { rank: 'rule', ground: 'documented' },
      visibility: rows[at] ?? [],
      chain: [
        {
          code: 'mup-is-shared',
          holds: 'yes',
          evidence: { rank: 'namespace', ground: 'observed', at: AT, elapsedMs: 2, detail: `\\Device\\Mup: ${name}` },
        },
        { code: 'canary-read-back', holds: 'not-tested', evidence: { rank: 'not-tested', ground: 'inferred' } },
      ],
      findings: ['unc-leak'],
    }),
  );
  const facts: Inspection['host']['facts'] = {
    machineName: 'SERVER22',
    build: 26_100,
    revision: 4_652,
    displayVersion: '24H2',
    edition: 'Windows 11 Pro',
    productType: 'client',
    architecture: 'x64',
  };
  return {
    siloscope: '0.0.0',
    snapshot: {
      is: {
        revision: 1,
        host: { id: 'simulated', facts, simulated: true, scenario: name },
        fsd: { state: 'running', service: 'WinFsp+2.1', version: '2.1' },
        engine: { reachable: true, version: '28.5.2', apiVersion: '1.51', osType: 'windows' },
        fileSystems: [],
      },
    },
    readiness: { is: { ready: true, checks: [{ code: 'fsd-running', state: 'ok', found: name }] } },
    inspection: {
      is: {
        takenAt: AT,
        host: { id: 'simulated', facts },
        namespaces,
        volumes: inspected,
        findings: inspected.slice(0, 3).map(({ device, home }) => ({
          code: 'unc-leak' as const,
          severity: 'serious' as const,
          volumes: [device],
          namespaces: [home],
          summary: `${name} leaks.`,
          fix: 'Mount it as a disk.',
          command: `siloscope launch ${name}`,
        })),
        gaps: [{ namespace: 'silo:4', what: name, reason: 'no answer' }],
      },
    },
    journal: {
      is: {
        entries: [{ sequence: 1, at: AT, source: 'launch', what: 'launch.done', subject: name, data: { name } }],
        first: 1,
        last: 1,
      },
    },
  };
}

export const SAMPLE_PARTS: ReportParts = worldOf({});
