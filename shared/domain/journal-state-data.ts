import { z } from 'zod';
import { EvidenceRank, EvidenceStep, Ground } from './evidence.ts';
import { HostFacts } from './host-facts.ts';
import { Because, FindingCode, Gap, Severity, VolumeVerdict, WayName } from './inspection.ts';
import { NamespaceId } from './namespace.ts';
import { EngineState, Fsd, FsdState } from './readiness.ts';
import { VolumeKind } from './volume.ts';

/** A name of a volume that somebody tried, with the rank of what came of it. */
const TriedName = WayName.extend({ rank: EvidenceRank });

/** Namespaces for which a test of a volume said the same. `rest`: all that were there then and are in no other group. */
export const SightGroup = z.object({
  visible: z.enum(['yes', 'no', 'unknown']),
  rank: EvidenceRank,
  ground: Ground,
  because: Because,
  namespaces: z.union([z.array(NamespaceId), z.literal('rest')]),
  /** Names that were opened, and those that were tried and led elsewhere; absent: not recorded. */
  through: z.array(TriedName).optional(),
  refuted: z.array(TriedName).optional(),
  /** When these were looked at alone, after the test of all. ISO 8601 UTC. */
  at: z.string().optional(),
});
export type SightGroup = z.infer<typeof SightGroup>;

/** A volume as the journal knew it. */
export const KnownVolume = z.object({
  device: z.string(),
  kind: VolumeKind,
  home: NamespaceId,
  /** The home's name, should the namespace be gone. */
  homeLabel: z.string(),
  uncPrefix: z.string().optional(),
  provider: z.string().optional(),
  mountPoints: z.array(z.string()),
  program: z.string().optional(),
  verdict: VolumeVerdict,
  /** How well the verdict was founded when it was told. */
  proof: EvidenceRank,
  /** The line that told of the verdict. */
  since: z.int(),
  /** What the last test found, cell by cell, and the line that told it. */
  tested: z.object({ sequence: z.int(), at: z.string(), groups: z.array(SightGroup) }).optional(),
  /** The steps of its chain of evidence that were tested, as they were last seen. Absent: not recorded, by an older Siloscope. */
  chain: z.array(EvidenceStep).optional(),
  /** The line that told last of the look into other namespaces: who came later was not looked into. */
  lookedElsewhere: z.int().optional(),
});
export type KnownVolume = z.infer<typeof KnownVolume>;

/** As `Namespace.mup`; `not-read` where that is absent. */
export const KnownMup = z.enum(['shared', 'own', 'elsewhere', 'not-read']);
export type KnownMup = z.infer<typeof KnownMup>;

export const KnownNamespace = z.object({
  id: NamespaceId,
  kind: z.enum(['host', 'silo', 'vm']),
  label: z.string(),
  /** Docker's id. */
  container: z.string().optional(),
  image: z.string().optional(),
  /** What its `\Device\Mup` was seen to be; `not-read`: nobody could read it. Absent: not recorded, by an older Siloscope. */
  mup: KnownMup.optional(),
  /** The line that told of its arrival. */
  arrived: z.int(),
});
export type KnownNamespace = z.infer<typeof KnownNamespace>;

export const KnownFinding = z.object({
  key: z.string(),
  code: FindingCode,
  severity: Severity,
  summary: z.string(),
  /** Devices and namespaces that it is about, the first of them. Absent: not recorded. */
  volumes: z.array(z.string()).optional(),
  namespaces: z.array(NamespaceId).optional(),
  since: z.int(),
});
export type KnownFinding = z.infer<typeof KnownFinding>;

/** The first gaps that hid volumes, and how many more there were. */
export const KnownGaps = z.object({
  first: z.array(Gap.omit({ hides: true })),
  more: z.int().nonnegative(),
  since: z.int(),
});
export type KnownGaps = z.infer<typeof KnownGaps>;

/** What the host said of itself, each part as it was last told. Absent: not recorded. */
export const KnownHost = z.object({
  windows: HostFacts.omit({ machineName: true, sessions: true }).optional(),
  /** Empty: no WinFsp that tells its version. */
  winfsp: Fsd.pick({ service: true, version: true }).optional(),
  engine: EngineState.pick({ version: true, apiVersion: true, osType: true, defaultIsolation: true }).optional(),
});
export type KnownHost = z.infer<typeof KnownHost>;

/** All that the lines of a journal say of what is there. What nobody noted is not in it. */
export const JournalStateData = z.object({
  host: KnownHost.optional(),
  fsd: z.object({ state: FsdState, service: z.string() }).optional(),
  engine: z.enum(['connected', 'lost', 'unreachable']).optional(),
  volumes: z.array(KnownVolume),
  namespaces: z.array(KnownNamespace),
  findings: z.array(KnownFinding),
  /** What none of those who watched could list, so that volumes may have been there that nobody saw. Absent: not recorded. */
  gaps: KnownGaps.optional(),
  /** The same of each process by itself: one may look where another has no right to. Who told last stands last. */
  gapsOf: z.array(KnownGaps.extend({ by: z.string() })),
  /** Processes that watch, by their mark: between two watches nobody knows what happened. */
  watchers: z.array(z.string()),
  /** Events of the engine that were told already, newest last. */
  recent: z.array(z.string()),
});
export type JournalStateData = z.infer<typeof JournalStateData>;
