import type { GuardFinding, GuardViolation } from '../../../shared/domain/guard.ts';
import type { Gap, InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Judgement } from '../../../shared/domain/policy.ts';
import { composeSarif, type SarifParts } from '../../../shared/wording/compose-sarif.ts';
import { VERSION } from '../serving/version.ts';
import type { PolicySource } from './read-policy.ts';
import { writeUserFile } from './write-user-file.ts';

/** A policy with what it made of an inspection. */
interface Judged {
  readonly source: PolicySource;
  readonly judgement: Judgement;
  readonly allowGaps: boolean;
}

/** Writes `--sarif`: what was found, and with a policy what violates it. */
export async function writeSarif(
  file: string,
  inspection: Inspection,
  simulated: boolean,
  judged?: Judged,
): Promise<void> {
  await writeUserFile(file, sarifText(inspection, simulated, judged), '--sarif');
}

/** The same as text. `past`: the inspection is one of a moment that is past. */
export function sarifText(
  inspection: SarifParts['inspection'],
  simulated: boolean,
  judged: Judged | undefined,
  past?: SarifParts['past'],
): string {
  const log = composeSarif({
    version: VERSION,
    inspection,
    simulated,
    ...(past === undefined ? {} : { past }),
    ...(judged === undefined
      ? {}
      : {
          policy: {
            name: judged.source.policy.name,
            judgement: judged.judgement,
            allowGaps: judged.allowGaps,
            ...(judged.source.file === undefined
              ? {}
              : { file: { uri: fileReference(judged.source.file), placeOf: judged.source.placeOf } }),
          },
        }),
  });
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** The same of what was seen of a policy while it was watched, some of which may be over. */
export async function writeWatchedSarif(
  file: string,
  { host, takenAt, source, violations, unseen, allowGaps }: WatchedParts,
): Promise<void> {
  const sights = violations.filter(one => one.kind === 'sight');
  // As an inspection would name them: each container one namespace, each volume one.
  const ids = new Map<string, NamespaceId>([['', HOST_NAMESPACE]]);
  const labels = new Map<NamespaceId, string>([[HOST_NAMESPACE, 'host']]);
  for (const { container = '', seenFrom, viewer } of sights) {
    labels.set(seenFrom, viewer);
    if (!ids.has(container))
      ids.set(container, [...labels].find(([, label]) => label === container)?.[0] ?? `silo:${1_000_000 + ids.size}`);
    labels.set(ids.get(container) ?? HOST_NAMESPACE, container === '' ? 'host' : container);
  }
  const namespaces = [...labels].map(
    ([id, label]): Namespace => ({ id, kind: id === HOST_NAMESPACE ? 'host' : 'silo', label }),
  );
  const volumes = sights.map(
    ({ device, uncPrefix, container = '' }): InspectedVolume => ({
      device,
      kind: uncPrefix === undefined ? 'disk' : 'network',
      home: ids.get(container) ?? HOST_NAMESPACE,
      ...(uncPrefix === undefined ? {} : { uncPrefix }),
      mountPoints: [],
      verdict: 'leaked',
      proof: { rank: 'not-tested', ground: 'inferred' },
      visibility: [],
      chain: [],
      findings: [],
    }),
  );
  const gaps = unseen.map((reason): Gap => ({ namespace: HOST_NAMESPACE, what: 'watch', reason, hides: 'volumes' }));
  await writeSarif(file, { takenAt, host, namespaces, volumes, findings: [], gaps }, host.simulated, {
    source,
    judgement: { violations: [...violations], accepted: [] },
    allowGaps,
  });
}

export interface WatchedParts {
  readonly host: Inspection['host'] & { readonly simulated: boolean };
  readonly takenAt: string;
  readonly source: PolicySource;
  readonly violations: readonly (GuardViolation | GuardFinding)[];
  /** Why it is not clean although nothing violated it, in words. */
  readonly unseen: readonly string[];
  readonly allowGaps: boolean;
}

/** A path as a URI reference: relative as it was given, absolute with its scheme, of either system. */
export function fileReference(path: string): string {
  const encoded = path.split(/[\\/]/).map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:[\\/]/.test(path)) return `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}
