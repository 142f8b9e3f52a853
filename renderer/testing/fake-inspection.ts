import type { Evidence, EvidenceStep } from '../../shared/domain/evidence.ts';
import type { InspectedVolume, Inspection, Visibility } from '../../shared/domain/inspection.ts';
import { HOST_NAMESPACE, type Namespace } from '../../shared/domain/namespace.ts';
import { proofOf } from '../../shared/domain/visibility.ts';
import type { Volume } from '../../shared/domain/volume.ts';

export const FAKE_HOST: Inspection['host'] = {
  id: 'simulated',
  facts: {
    machineName: 'WS-ANNA',
    build: 20348,
    revision: 4405,
    displayVersion: '21H2',
    edition: 'Windows Server 2022 Datacenter',
    productType: 'server',
    architecture: 'x64',
  },
};

const hostNamespace: Namespace = { id: HOST_NAMESPACE, kind: 'host', label: 'host' };

interface Depth {
  readonly probe: boolean;
  readonly canary: boolean;
}

function evidenceFor(volume: Volume, namespace: Namespace, depth: Depth, at: string): Evidence {
  const unc = `\\\\?\\GLOBALROOT\\Device\\Mup\\;${volume.provider?.split('\\').at(-1)}${volume.uncPrefix}`;
  if (volume.home === namespace.id) {
    return { rank: 'inventory', ground: 'observed', at, elapsedMs: 3, detail: `fsptool lsvol: ${volume.device}` };
  }
  if (volume.kind === 'network' && depth.canary) {
    return {
      rank: 'canary',
      ground: 'observed',
      at,
      elapsedMs: 41,
      detail: `${unc}\\siloscope-5f0c.txt: read 32 bytes`,
    };
  }
  if (volume.kind === 'network' && depth.probe && namespace.kind === 'host') {
    return { rank: 'probe', ground: 'observed', at, elapsedMs: 12, detail: `${unc}: STATUS_SUCCESS, WinFsp` };
  }
  if (volume.kind === 'disk')
    return { rank: 'namespace', ground: 'observed', at, detail: `${volume.device}: not found` };
  return { rank: 'rule', ground: namespace.kind === 'host' ? 'documented' : 'inferred' };
}

function cell(volume: Volume, namespace: Namespace, depth: Depth, at: string): Visibility {
  const evidence = evidenceFor(volume, namespace, depth, at);
  const base = { namespace: namespace.id, evidence };
  const unc = volume.uncPrefix === undefined ? [] : [{ kind: 'unc' as const, path: `\\${volume.uncPrefix}`, evidence }];
  if (volume.home === namespace.id) {
    const drives = volume.mountPoints.map(path => ({ kind: 'drive' as const, path: `${path}\\`, evidence }));
    return { ...base, visible: 'yes', through: [...drives, ...unc], because: 'its-own-namespace' };
  }
  if (namespace.kind === 'vm') return { ...base, visible: 'no', through: [], because: 'another-kernel' };
  if (volume.kind === 'disk') return { ...base, visible: 'no', through: [], because: 'disk-stays-in-its-namespace' };
  const provider = {
    kind: 'provider' as const,
    path: `\\\\?\\GLOBALROOT\\Device\\Mup\\;${volume.provider?.split('\\').at(-1)}${volume.uncPrefix}`,
    evidence,
  };
  if (namespace.kind === 'host') return { ...base, visible: 'yes', through: [...unc, provider], because: 'shared-mup' };
  const isAsked = depth.canary || evidence.rank !== 'rule';
  return isAsked || namespace.siloId === undefined || namespace.siloId % 5 !== 0
    ? { ...base, visible: 'yes', through: unc, because: 'shared-mup-inferred' }
    : {
        ...base,
        visible: 'unknown',
        through: [],
        because: 'no-answer',
        evidence: { rank: 'not-tested', ground: 'inferred' },
      };
}

function chain(volume: Volume, depth: Depth, at: string): EvidenceStep[] {
  if (volume.kind === 'disk') {
    return [
      {
        code: 'device-is-private',
        holds: 'yes',
        evidence: {
          rank: 'namespace',
          ground: 'observed',
          at,
          detail: `${volume.device} is a Device in its silo only`,
        },
      },
    ];
  }
  const later = (holds: boolean, rank: 'probe' | 'canary', detail: string): Pick<EvidenceStep, 'holds' | 'evidence'> =>
    holds
      ? { holds: 'yes', evidence: { rank, ground: 'observed', at, elapsedMs: 18, detail } }
      : { holds: 'not-tested', evidence: { rank: 'not-tested', ground: 'inferred' } };
  return [
    {
      code: 'mup-is-shared',
      holds: 'yes',
      evidence: { rank: 'namespace', ground: 'observed', at, detail: '\\Device\\Mup: SymbolicLink' },
    },
    {
      code: 'provider-carries-guid',
      holds: 'yes',
      evidence: { rank: 'namespace', ground: 'observed', at, detail: `${volume.device} -> ${volume.provider}` },
    },
    {
      code: 'listed-in-silo-only',
      holds: 'yes',
      evidence: { rank: 'inventory', ground: 'observed', at, detail: `fsptool lsvol: ${volume.uncPrefix}` },
    },
    { code: 'opened-through-provider', ...later(depth.probe || depth.canary, 'probe', 'STATUS_SUCCESS, WinFsp') },
    { code: 'canary-read-back', ...later(depth.canary, 'canary', 'wrote and read 32 bytes, deleted') },
  ];
}

/** An inspection as the services would take it. */
export function fakeInspection(
  silos: readonly Namespace[],
  volumes: readonly Volume[],
  depth: Depth,
  takenAt: string,
): Inspection {
  const namespaces = [hostNamespace, ...silos];
  const inspected = volumes.map((volume): InspectedVolume => {
    const isLeak = volume.kind === 'network';
    const visibility = namespaces.map(namespace => cell(volume, namespace, depth, takenAt));
    return {
      ...volume,
      verdict: isLeak ? 'leaked' : 'private',
      proof: proofOf(volume.home, visibility),
      visibility,
      chain: chain(volume, depth, takenAt),
      findings: isLeak ? ['unc-leak'] : [],
    };
  });
  return {
    takenAt,
    host: FAKE_HOST,
    namespaces,
    volumes: inspected,
    findings: inspected
      .filter(volume => volume.kind === 'network')
      .map(volume => ({
        code: 'unc-leak' as const,
        severity: 'serious' as const,
        volumes: [volume.device],
        namespaces: [HOST_NAMESPACE],
        summary: `The volume ${volume.uncPrefix} can be opened from the host. Its UNC prefix is known to the MUP, which containers and host share.`,
        fix: 'Mount it as a disk: leave out -u.',
        command: 'siloscope launch memfs-disk',
      })),
    gaps: [],
  };
}
