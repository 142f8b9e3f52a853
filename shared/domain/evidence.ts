import { z } from 'zod';
import { EVIDENCE_RANKS } from './evidence-ranks.ts';

export { EVIDENCE_RANKS, isFirmer, isPredicted, rankOf } from './evidence-ranks.ts';

/** How well a claim is founded. */
export const EvidenceRank = z.enum(EVIDENCE_RANKS);
export type EvidenceRank = z.infer<typeof EvidenceRank>;

/** `documented` by Microsoft or WinFsp; `inferred` from sources and unproven; `observed` on this host, now. */
export const Ground = z.enum(['documented', 'inferred', 'observed']);
export type Ground = z.infer<typeof Ground>;

/** What a claim rests on: how firm it is, on what ground, and what was seen. */
export const Evidence = z.object({
  rank: EvidenceRank,
  ground: Ground,
  /** When it was observed, ISO 8601 UTC. Absent for a prediction. */
  at: z.string().optional(),
  elapsedMs: z.number().nonnegative().optional(),
  /** What was asked and answered, raw: a path and a status, a tool's line. Untrusted text. */
  detail: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What a link of a chain claims. Which of them make up the chain of a volume, and as which number: `CHAINS`. */
export const EvidenceStepCode = z.enum([
  /** The silo's `\Device\Mup` is a link to the host's MUP. */
  'mup-is-shared',
  /** The provider's name carries this silo's container GUID. */
  'provider-carries-guid',
  /** The volume's object is a Device of its own, not a link that leads out of the silo. */
  'device-is-private',
  /** The silo's volume list holds it and the host's does not. */
  'listed-in-silo-only',
  /** No other `\Device` that could be read has an object of its name. */
  'in-no-other-namespace',
  /** Its device's name opens at home and does not open from outside. */
  'closed-from-outside',
  /** The provider-directed open succeeded and is WinFsp. */
  'opened-through-provider',
  /** The canary was read back from outside. */
  'canary-read-back',
]);
export type EvidenceStepCode = z.infer<typeof EvidenceStepCode>;

/**
 * Where the container's GUID is known from: HCS's `RuntimeId`, or no more than the names in the silo's own `\Device`, one
 * of which the volume leads to. A comparison with the latter goes round in a circle.
 */
export const GuidSource = z.enum(['hcs-runtime-id', 'own-devices']);
export type GuidSource = z.infer<typeof GuidSource>;

/** How a name was opened: by a probe of the host, which asks whether it is WinFsp, or by a program run in a container. */
export const OpenedBy = z.enum(['probe', 'dir', 'type']);
export type OpenedBy = z.infer<typeof OpenedBy>;

/** From where outside a volume's home a name was opened, by what, and with which results. */
export const Tried = z.object({
  /** The namespace whose answer decided; absent: none did. */
  from: z.string().optional(),
  by: OpenedBy.optional(),
  /** The probe recognised WinFsp; absent: a program in a container cannot tell. */
  winfsp: z.boolean().optional(),
  /** So many namespaces opened it, were refused, or gave no clear answer. */
  opened: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  silent: z.int().nonnegative(),
});
export type Tried = z.infer<typeof Tried>;

/** One link of the chain that explains a volume's verdict. */
export const EvidenceStep = z.object({
  code: EvidenceStepCode,
  /** `consistent`: nothing speaks against it, and what was seen does not prove it. */
  holds: z.enum(['yes', 'no', 'consistent', 'not-tested']),
  evidence: Evidence,
  /** Of `provider-carries-guid`: with what it was compared. */
  guidFrom: GuidSource.optional(),
  /** Of `mup-is-shared` that does not hold: what `\Device\Mup` is in the place of that link. */
  mup: z.enum(['own', 'elsewhere']).optional(),
  /** Of `in-no-other-namespace`: in how many others was looked for it. */
  others: z.int().nonnegative().optional(),
  /** Of a step that opens something. */
  tried: Tried.optional(),
});
export type EvidenceStep = z.infer<typeof EvidenceStep>;
