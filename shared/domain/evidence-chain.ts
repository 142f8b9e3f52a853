import type { Evidence, EvidenceStep, EvidenceStepCode, GuidSource, Tried } from './evidence.ts';
import { HOST_NAMESPACE, type Namespace } from './namespace.ts';
import type { Volume, VolumeKind } from './volume.ts';

/** The chains in the order in which they are told: why a network volume leaks, and why a disk volume does not. */
export const CHAINS: Readonly<Record<VolumeKind, readonly EvidenceStepCode[]>> = {
  network: [
    'mup-is-shared',
    'provider-carries-guid',
    'listed-in-silo-only',
    'opened-through-provider',
    'canary-read-back',
  ],
  disk: ['device-is-private', 'listed-in-silo-only', 'in-no-other-namespace', 'closed-from-outside'],
};

/** Whose chain it is. */
export type ChainHolder = Pick<Volume, 'kind' | 'home'>;

/** The steps that make up the chain of a volume. One of the host has no silo to be told apart from it. */
export function chainCodes({ kind, home }: ChainHolder): readonly EvidenceStepCode[] {
  if (home !== HOST_NAMESPACE) return CHAINS[kind];
  return CHAINS[kind].filter(code => !ABOUT_A_SILO.has(code));
}

const ABOUT_A_SILO: ReadonlySet<EvidenceStepCode> = new Set([
  'mup-is-shared',
  'provider-carries-guid',
  'listed-in-silo-only',
]);

/** A step's short name, `E1` to `E5`. */
export function stepName(kind: VolumeKind, code: EvidenceStepCode): string {
  return `E${CHAINS[kind].indexOf(code) + 1}`;
}

/** The step that a person names: `E4`, or its code. Undefined when this chain has none of that name. */
export function stepNamed(kind: VolumeKind, name: string): EvidenceStepCode | undefined {
  return CHAINS[kind].find(code => code === name || stepName(kind, code) === name.toUpperCase());
}

/** An object as it was seen in the volume's home. */
export interface SeenObject {
  /** As the object manager says it: `Device`, `SymbolicLink`. */
  readonly type: string;
  readonly target?: string | undefined;
  readonly evidence: Evidence;
}

/** What opens from outside came to: `yes` and `no` as the step's claim goes, undefined where no answer decided. */
export interface OpenedOutside {
  readonly holds: EvidenceStep['holds'];
  readonly tried: Tried;
  readonly evidence?: Evidence | undefined;
}

/** What was looked at for one volume. What is absent was not tested. */
export interface ChainObservations {
  /** `\Device\Mup` of its home. */
  readonly mup?: SeenObject | undefined;
  /** Its own `\Device\Volume{guid}`, in its home. */
  readonly device?: SeenObject | undefined;
  /** WinFsp's volume lists: whether its home's holds it, whether the host's does. Both were asked, and answered. */
  readonly listed?: { readonly inHome: boolean; readonly onHost: boolean; readonly evidence: Evidence } | undefined;
  /** Whether another namespace's `\Device` has an object of its name; how many were read. */
  readonly elsewhere?: { readonly found: boolean; readonly others: number; readonly evidence: Evidence } | undefined;
  /** The open by its device's name from outside, for which the same from home is the control. */
  readonly closed?: OpenedOutside | undefined;
  /** The provider-directed open from outside. */
  readonly opened?: OpenedOutside | undefined;
  /** The token written inside and looked for outside. */
  readonly canary?: OpenedOutside | undefined;
}

const NOT_TESTED: Evidence = { rank: 'not-tested', ground: 'inferred' };

/**
 * The chain that explains a verdict, in the order in which it is told. A network volume of a silo: E1 its MUP is the
 * host's, E2 the provider's name carries the container's GUID, E3 only the silo lists it, E4 it opens through the provider,
 * E5 the canary came back. One of the host needs no link between the two, so E4 and E5 are all. A disk volume: E1 its
 * device is a Device, E2 listed there only, E3 in no other namespace's `\Device`, E4 its name opens at home and not from
 * outside. Ground for E2: winfsp src/sys/driver.c; for the types: src/sys/volume.c.
 */
export function evidenceChain(volume: Volume, home: Namespace, seen: ChainObservations): EvidenceStep[] {
  const inSilo = home.id !== HOST_NAMESPACE;
  if (volume.kind === 'disk') {
    const closed = [inNoOtherNamespace(seen), outsideStep('closed-from-outside', seen.closed)];
    return [deviceIsPrivate(seen), ...(inSilo ? [listedInSiloOnly(seen)] : []), ...closed];
  }
  const outside = [outsideStep('opened-through-provider', seen.opened), outsideStep('canary-read-back', seen.canary)];
  return inSilo
    ? [mupIsShared(seen), providerCarriesGuid(volume, home, seen), listedInSiloOnly(seen), ...outside]
    : outside;
}

function mupIsShared({ mup }: ChainObservations): EvidenceStep {
  if (mup === undefined) return step('mup-is-shared', undefined, undefined);
  if (mup.type !== 'SymbolicLink') return { ...step('mup-is-shared', false, mup), mup: 'own' };
  // A link whose target could not be read may lead anywhere.
  if (mup.target === undefined) return step('mup-is-shared', undefined, mup);
  if (/^\\Device\\Mup$/i.test(mup.target)) return step('mup-is-shared', true, mup);
  return { ...step('mup-is-shared', false, mup), mup: 'elsewhere' };
}

function inNoOtherNamespace({ elsewhere }: ChainObservations): EvidenceStep {
  const made = step('in-no-other-namespace', elsewhere && !elsewhere.found, elsewhere);
  return elsewhere === undefined ? made : { ...made, others: elsewhere.others };
}

function deviceIsPrivate({ device }: ChainObservations): EvidenceStep {
  return step('device-is-private', device && device.type === 'Device', device);
}

/**
 * The GUID in the name of the provider to which the volume's link leads, compared with the container's. HCS's `RuntimeId` is
 * another witness: where the two agree, the step holds. The names of the silo's own devices are the very ones that the link
 * leads to: that they agree is no more than consistent, that they differ is an answer.
 */
function providerCarriesGuid(volume: Volume, home: Namespace, { device }: ChainObservations): EvidenceStep {
  const code = 'provider-carries-guid';
  const provider = device?.target ?? volume.provider;
  if (device === undefined || provider === undefined) return step(code, undefined, undefined);
  const guid = /\{([0-9a-f-]{36})\}$/i.exec(provider)?.[1]?.toLowerCase();
  if (guid === undefined) return step(code, false, device);
  const runtimeId = home.runtimeId?.toLowerCase();
  const own = home.containerGuid?.toLowerCase();
  const compared = (holds: 'yes' | 'no' | 'consistent', guidFrom: GuidSource, told: string): EvidenceStep => {
    const { detail, ground, ...rest } = device.evidence;
    const raw = detail === undefined ? told : `${detail}; ${told}`;
    // What agrees with itself is not observed to be so.
    const evidence: Evidence = { ...rest, ground: holds === 'consistent' ? 'inferred' : ground, detail: raw };
    return { code, holds, evidence, guidFrom };
  };
  const told = runtimeId === undefined ? '' : `; HCS RuntimeId ${runtimeId}`;
  if (runtimeId === guid) return compared('yes', 'hcs-runtime-id', `HCS RuntimeId ${runtimeId}`);
  if (own === undefined) return step(code, undefined, undefined);
  return compared(own === guid ? 'consistent' : 'no', 'own-devices', `provider in the silo's \\Device {${own}}${told}`);
}

function listedInSiloOnly({ listed }: ChainObservations): EvidenceStep {
  return step('listed-in-silo-only', listed?.inHome && !listed.onHost, listed);
}

function outsideStep(code: EvidenceStepCode, seen: OpenedOutside | undefined): EvidenceStep {
  if (seen === undefined) return step(code, undefined, undefined);
  return { code, holds: seen.holds, evidence: seen.evidence ?? NOT_TESTED, tried: seen.tried };
}

function step(
  code: EvidenceStep['code'],
  holds: boolean | undefined,
  seen: { readonly evidence: Evidence } | undefined,
): EvidenceStep {
  if (seen === undefined || holds === undefined) return { code, holds: 'not-tested', evidence: NOT_TESTED };
  return { code, holds: holds ? 'yes' : 'no', evidence: seen.evidence };
}
