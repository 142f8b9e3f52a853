import { Inspection } from '../../../../shared/domain/inspection.ts';

const container = (name: string) => ({
  id: name.repeat(64).slice(0, 64),
  name,
  image: 'mcr.microsoft.com/windows/servercore:ltsc2022',
  isolation: 'process',
  labels: {},
  managed: false,
});
const cell = (
  namespace: string,
  visible: string,
  because: string,
  rank: string,
  ground: string,
  ...paths: string[]
) => ({
  namespace,
  visible,
  because,
  through: paths.map(path => ({ kind: path.endsWith(':') ? 'drive' : 'unc', path, evidence: { rank, ground } })),
  evidence: { rank, ground },
});

/** Two containers, as WinFsp's page has them: a disk in `a`, a network volume in `b`. */
export const SAMPLE_INSPECTION: Inspection = Inspection.parse({
  takenAt: '2026-11-22T02:00:00.000Z',
  host: {
    id: 'simulated',
    facts: {
      machineName: 'SERVER22',
      build: 20348,
      revision: 3932,
      displayVersion: '21H2',
      edition: 'Windows Server 2022 Datacenter',
      productType: 'server',
      architecture: 'x64',
    },
  },
  namespaces: [
    { id: 'host', kind: 'host', label: 'host' },
    { id: 'silo:1232', kind: 'silo', label: 'a', siloId: 1232, container: container('a') },
    { id: 'silo:1480', kind: 'silo', label: 'b', siloId: 1480, container: container('b') },
  ],
  volumes: [
    {
      device: '\\Device\\Volume{00000000-0000-0000-0000-00000000000a}',
      kind: 'disk',
      home: 'silo:1232',
      mountPoints: ['Z:'],
      fileSystem: { program: 'memfs-x64.exe' },
      verdict: 'private',
      proof: { rank: 'probe', ground: 'observed' },
      visibility: [
        cell('host', 'no', 'disk-stays-in-its-namespace', 'probe', 'observed'),
        cell('silo:1232', 'yes', 'its-own-namespace', 'inventory', 'observed', 'Z:'),
        cell('silo:1480', 'no', 'disk-stays-in-its-namespace', 'probe', 'observed'),
      ],
      chain: [],
      findings: [],
    },
    {
      device: '\\Device\\Volume{00000000-0000-0000-0000-00000000000b}',
      kind: 'network',
      home: 'silo:1480',
      uncPrefix: '\\memfs\\share',
      provider: '\\Device\\WinFsp.Mup+2.1{00000000-0000-0000-0000-0000000000bb}',
      mountPoints: ['Y:'],
      fileSystem: { program: 'memfs-x64.exe' },
      verdict: 'leaked',
      proof: { rank: 'canary', ground: 'observed' },
      visibility: [
        cell('host', 'yes', 'shared-mup', 'canary', 'observed', '\\\\memfs\\share'),
        cell('silo:1232', 'unknown', 'no-answer', 'not-tested', 'observed'),
        cell('silo:1480', 'yes', 'its-own-namespace', 'inventory', 'observed', 'Y:'),
      ],
      chain: [
        { code: 'mup-is-shared', holds: 'yes', evidence: { rank: 'namespace', ground: 'observed' } },
        { code: 'canary-read-back', holds: 'not-tested', evidence: { rank: 'not-tested', ground: 'observed' } },
      ],
      findings: ['unc-leak'],
    },
  ],
  findings: [
    {
      code: 'unc-leak',
      severity: 'serious',
      volumes: ['\\Device\\Volume{00000000-0000-0000-0000-00000000000b}'],
      namespaces: ['host'],
      summary: 'The volume of b is reached from outside.',
      fix: 'Launch it as a disk.',
      command: 'siloscope launch memfs-disk',
    },
  ],
  gaps: [{ namespace: 'silo:1232', what: 'probe', reason: 'no answer in 3 s' }],
});
