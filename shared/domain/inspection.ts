import { z } from 'zod';
import { Evidence, EvidenceStep } from './evidence.ts';
import { Fix } from './fix.ts';
import { HostFacts, HostId } from './host-facts.ts';
import { Namespace, NamespaceId } from './namespace.ts';
import { SEVERITIES } from './severities.ts';
import { Volume } from './volume.ts';

/** A name for a volume, as a program in some namespace would write it. */
export const WayName = z.object({
  /** `drive`: a letter or directory. `unc`: `\\class\instance`, resolved by MUP. `provider`: only by naming the provider or the device, `\\?\GLOBALROOT\Device\Mup\;...`. */
  kind: z.enum(['drive', 'unc', 'provider']),
  path: z.string(),
});
export type WayName = z.infer<typeof WayName>;

/**
 * A name with how well it is known where it leads. Each has evidence of its own: that one name was proven says nothing
 * of another, since MUP may give the UNC name to somebody else.
 */
export const Way = WayName.extend({ evidence: Evidence });
export type Way = z.infer<typeof Way>;

/** Why a volume is visible from a namespace, or not. Closed: words live in shared/wording. */
export const Because = z.enum([
  /** It was created there. */
  'its-own-namespace',
  /** A disk volume's device exists in its own namespace only. Ground: WinFsp-Container-Support.asciidoc. */
  'disk-stays-in-its-namespace',
  /** A silo's network volume is reached from the host through the MUP both share. Ground: the same page. */
  'shared-mup',
  /** The same by inference: silo to silo, host to silo. */
  'shared-mup-inferred',
  /** Another provider holds the class, so the UNC name leads elsewhere; only the provider's own name still leads here. [inferred] */
  'class-claimed-by-another',
  /** Their MUPs are not one and the same: so on another Windows than the sources describe, or in a simulation told so. */
  'mup-not-shared',
  /** The `\Device\Mup` of one of the two is a link to somewhere else: no rule says what that comes to. */
  'mup-leads-elsewhere',
  /** The namespace lies on another kernel (Hyper-V isolation). */
  'another-kernel',
  /** Of a launch: nobody here knows what kind of volume its program makes. */
  'program-unknown',
  /** What was observed contradicts the rule; the observation is believed. */
  'observed-otherwise',
  /** Asked, but no answer in time, or the host could not be asked. */
  'no-answer',
]);
export type Because = z.infer<typeof Because>;

/** One cell of the matrix: a volume, seen from a namespace. */
export const Visibility = z.object({
  namespace: NamespaceId,
  visible: z.enum(['yes', 'no', 'unknown']),
  /** Names that lead to the volume, each as well founded as its own evidence. */
  through: z.array(Way),
  /** Names that were tried and do not lead to it. */
  refuted: z.array(Way).optional(),
  /** Names of which no rule speaks, and that were tried without an answer that tells where they lead. */
  unanswered: z.array(Way).optional(),
  because: Because,
  /** Of the best way, where the volume is visible. */
  evidence: Evidence,
});
export type Visibility = z.infer<typeof Visibility>;

/** A cell without saying whose: what many namespaces have in common. */
export const Look = Visibility.omit({ namespace: true });
export type Look = z.infer<typeof Look>;

/**
 * A volume's cells, one for each namespace, in the order of the inspection. A plain list will do; what the services
 * answer is a `VisibilityRow`, which makes a cell when it is asked for.
 */
export interface Cells extends Iterable<Visibility> {
  readonly length: number;
  filter(fits: (cell: Visibility) => boolean): Visibility[];
  map<T>(turn: (cell: Visibility) => T): T[];
  flatMap<T>(turn: (cell: Visibility) => readonly T[]): T[];
  find(fits: (cell: Visibility) => boolean): Visibility | undefined;
  some(fits: (cell: Visibility) => boolean): boolean;
  every(fits: (cell: Visibility) => boolean): boolean;
}

/** As it is written down: every cell. A row that was never written down is laid out. */
const CellList: z.ZodType<Cells> = z.preprocess(cells => (isIterable(cells) ? [...cells] : cells), z.array(Visibility));

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** What an inspection can find. The rule of each is in findings.ts, its words in shared/wording. */
export const FindingCode = z.enum([
  'unc-leak',
  'class-collision',
  'prefix-collision',
  'shadows-server',
  'ghost-mount-point',
  'fsd-stopped',
  'hyperv-no-winfsp',
  'unmanaged-file-system',
  'leaks-by-default',
]);
export type FindingCode = z.infer<typeof FindingCode>;

export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

/** Something worth telling, with a next step. */
export const Finding = z.object({
  /** Stays the same from one inspection to the next, as long as what is found does: `unc-leak:web/memfs/share`. */
  id: z.string().optional(),
  code: FindingCode,
  severity: Severity,
  /** Devices of the volumes concerned; empty when none is. */
  volumes: z.array(z.string()),
  /** Whose it is: the homes of those volumes, or who is concerned without one. Who sees a leak stands in the volume's cells. */
  namespaces: z.array(NamespaceId),
  /** Two sentences for a person who has never heard of MUP. */
  summary: z.string(),
  /** What to do, in one sentence; with a command where one does it. */
  fix: z.string(),
  command: z.string().optional(),
  /** What can be done about it by a press, or by `siloscope fix`. */
  fixes: z.array(Fix).optional(),
  /** The acceptance of the user's policy that covers it. */
  accepted: z.object({ reason: z.string(), until: z.string() }).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** `leaked`: seen from a namespace other than its home. `unknown`: not all could be asked. */
export const VolumeVerdict = z.enum(['private', 'leaked', 'unknown']);
export type VolumeVerdict = z.infer<typeof VolumeVerdict>;

/** A volume with who sees it, how well that is known, and what was found of it. */
export const InspectedVolume = Volume.extend({
  verdict: VolumeVerdict,
  /** How well the verdict is founded: by the evidence of the cell that decided it (`proofOf`). */
  proof: Evidence,
  visibility: CellList,
  chain: z.array(EvidenceStep),
  findings: z.array(FindingCode),
});
export type InspectedVolume = z.infer<typeof InspectedVolume>;

/** A namespace that could not be asked, and why: never silently left out. */
export const Gap = z.object({
  namespace: NamespaceId,
  what: z.string(),
  reason: z.string(),
  /** What would close it: an administrator may ask. */
  needs: z.literal('elevation').optional(),
  /** Volumes may be there that nobody listed; absent: at most their evidence is weaker. */
  hides: z.literal('volumes').optional(),
});
export type Gap = z.infer<typeof Gap>;

/** `inspect --json`. */
export const Inspection = z.object({
  takenAt: z.string(),
  host: z.object({ id: HostId, facts: HostFacts }),
  namespaces: z.array(Namespace),
  volumes: z.array(InspectedVolume),
  findings: z.array(Finding),
  gaps: z.array(Gap),
});
export type Inspection = z.infer<typeof Inspection>;
