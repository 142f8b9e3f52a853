import { z } from 'zod';
import { Ground } from './evidence.ts';
import { HostFacts, HostId } from './host-facts.ts';
import { VolumeKind } from './volume.ts';

/** A name by which a volume may be opened. */
export const IsolationWay = z.enum([
  /** Its letter, which belongs to its own namespace. */
  'drive',
  /** `\\?\GLOBALROOT\Device\Volume{guid}`, in the namespace of whoever opens it. */
  'volume-device',
  /** `\\?\GLOBALROOT\Device\Mup\;<provider>\class\instance`: MUP is told which provider, nothing is resolved. */
  'provider',
  /** `\\?\GLOBALROOT\Device\<provider>\class\instance`: where the provider's own link lies. */
  'provider-device',
  /** `\\?\GLOBALROOT\Silos\<id>\Device\...`: a back door for administrators of the host, no leak. */
  'silo-path',
  /** `\\class\instance`: MUP asks around who knows it, which may go out on the network. */
  'unc',
  /** `\\localhost\Y$`: claimed by no WinFsp provider, hence never opened. */
  'admin-share',
]);
export type IsolationWay = z.infer<typeof IsolationWay>;

/** From where it is opened. `own`: its own container, the control of the others. */
export const IsolationViewer = z.enum(['own', 'host', 'other-container', 'hyperv-container']);
export type IsolationViewer = z.infer<typeof IsolationViewer>;

/** Why a way was not tried. */
export const NotTried = z.enum([
  /** A disk volume has no UNC prefix, hence no such name. */
  'no-such-name',
  /** A plain UNC name is opened only because somebody asks for it. */
  'not-asked-for',
  /** No WinFsp provider claims that name: it could send credentials to whoever answers. */
  'claimed-by-nobody',
  /** There is nobody to look from there. */
  'no-viewer',
  /** A part of the name could not be read on this host. */
  'name-not-known',
  /** On the host that letter leads somewhere else, perhaps to a server. */
  'leads-elsewhere',
  /** No token could be written, so nothing could be recognised. */
  'no-token',
]);
export type NotTried = z.infer<typeof NotTried>;

/** One try. `reached`: the token written inside was read back by that name. */
export const IsolationCell = z.object({
  volume: VolumeKind,
  from: IsolationViewer,
  way: IsolationWay,
  outcome: z.enum(['reached', 'not-reached', 'no-answer', 'not-tried']),
  /** What the rule says; absent: no source says. */
  expected: z.enum(['reached', 'not-reached']).optional(),
  ground: Ground,
  why: NotTried.optional(),
  /** What was opened and answered, raw. Untrusted text. */
  detail: z.string().optional(),
  elapsedMs: z.number().nonnegative().optional(),
});
export type IsolationCell = z.infer<typeof IsolationCell>;

/** What one run of the isolation self-test found on one Windows, with one WinFsp and one image. */
export const IsolationTable = z.object({
  id: z.string(),
  takenAt: z.string(),
  host: z.object({ id: HostId, facts: HostFacts }),
  /** A simulation's tables say how the simulation behaves, and are never put beside those of a real Windows. */
  simulated: z.boolean(),
  scenario: z.string().optional(),
  winfsp: z.string().optional(),
  image: z.string(),
  plainUnc: z.boolean(),
  /** Viewers that there were not, and why. */
  missing: z.array(z.object({ viewer: IsolationViewer, reason: z.string() })),
  cells: z.array(IsolationCell),
  /** Containers of the test that could not be removed. */
  left: z.array(z.string()),
});
export type IsolationTable = z.infer<typeof IsolationTable>;

export const IsolationProgress = z.object({
  step: z.enum(['preflight', 'network', 'disk', 'hyperv', 'looks', 'clean-up']),
  state: z.enum(['started', 'done', 'skipped', 'failed']),
  note: z.string().optional(),
  /** Of the looks. */
  done: z.int().nonnegative().optional(),
  of: z.int().nonnegative().optional(),
});
export type IsolationProgress = z.infer<typeof IsolationProgress>;

/** Whether a try came out as the rule says; undefined: it says nothing, or nothing came out. */
export function agreesWithRule({
  outcome,
  expected,
}: Pick<IsolationCell, 'outcome' | 'expected'>): boolean | undefined {
  if (expected === undefined || (outcome !== 'reached' && outcome !== 'not-reached')) return undefined;
  return outcome === expected;
}

/** Reached although the rule says that it cannot be. An administrator's back door is none. */
export function unexpectedlyReached({ cells }: Pick<IsolationTable, 'cells'>): readonly IsolationCell[] {
  return cells.filter(cell => cell.outcome === 'reached' && agreesWithRule(cell) === false);
}
