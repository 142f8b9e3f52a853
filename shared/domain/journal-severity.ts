import type { JournalEntry } from './journal.ts';

/** How bad what happened is; `by-data`: by what the line says besides. */
type Weight = 'info' | 'warning' | 'error' | 'by-data';

/**
 * All that Siloscope writes into its journal, and how bad each is. A test collects the names that are written and holds
 * them against this table: a new one has its place here. Lines of other versions may bear other names; they are told
 * as information.
 */
export const JOURNAL_WEIGHTS = {
  'container.created': 'info',
  'container.started': 'info',
  'container.ended': 'by-data',
  'container.stopped': 'info',
  'container.killed': 'info',
  'container.restarted': 'info',
  'container.paused': 'info',
  'container.unpaused': 'info',
  'container.renamed': 'info',
  'container.removed': 'info',
  'image.pulled': 'info',
  'image.tagged': 'info',
  'image.untagged': 'info',
  'image.removed': 'info',
  'image.imported': 'info',
  'image.loaded': 'info',
  'image.pull-done': 'info',
  'image.pull-failed': 'error',
  'image.remove-done': 'info',
  'image.remove-failed': 'error',
  'image.prune-done': 'info',
  'image.prune-failed': 'error',
  'engine.connected': 'info',
  'engine.lost': 'error',
  'engine.unreachable': 'warning',
  'engine.start-ordered': 'info',
  'fsd.uninstalled': 'warning',
  'fsd.stopped': 'warning',
  'fsd.awaited': 'info',
  'fsd.started': 'info',
  'fsd.unloaded': 'warning',
  'fsd.start-ordered': 'info',
  'fsd.start-failed': 'error',
  'silo.arrived': 'info',
  'silo.departed': 'info',
  'silo.mup-seen': 'info',
  'vm.arrived': 'info',
  'vm.departed': 'info',
  'volume.appeared': 'info',
  'volume.mounted': 'info',
  'volume.leaked': 'warning',
  'volume.sealed': 'info',
  'volume.judged': 'info',
  'volume.evidence-changed': 'info',
  'volume.gone': 'info',
  'volume.tested': 'info',
  'volume.looked-at': 'info',
  'finding.opened': 'by-data',
  'finding.closed': 'info',
  'finding.fixed-by-relaunch-as-disk': 'info',
  'finding.fixed-by-rename': 'info',
  'finding.fixed-by-read-only': 'info',
  'finding.fixed-by-process-isolation': 'info',
  'finding.fixed-by-clear-mount-point': 'info',
  'finding.fixed-by-start-fsd': 'info',
  'inspection.taken': 'info',
  'inspection.gaps-changed': 'by-data',
  'isolation.tested': 'by-data',
  'isolation.swept': 'info',
  'launch.started': 'info',
  'launch.done': 'info',
  'launch.failed': 'by-data',
  'filesystem.stopped': 'info',
  'relaunch.started': 'info',
  'relaunch.done': 'info',
  'relaunch.failed': 'by-data',
  'relaunch.broken-off': 'warning',
  'relaunch.settled': 'info',
  'workspace.relaunched': 'warning',
  'workspace.unwritten': 'warning',
  'workspace.cut': 'warning',
  'unwritten.copied': 'info',
  'unwritten.removed': 'info',
  'workspace.not-answering': 'error',
  'workspace.recovered': 'info',
  'workspace.failed': 'warning',
  'workspace.failing': 'error',
  'workspace.given-up': 'error',
  'guard.refused': 'warning',
  'guard.stopping': 'warning',
  'guard.stopped': 'warning',
  'guard.not-stopped': 'error',
  'guard.blind': 'error',
  'guard.failed': 'error',
  'guard.recovered': 'info',
  'policy.violated': 'error',
  'policy.restored': 'info',
  'policy.saved': 'info',
  'settings.changed': 'info',
  'profile.saved': 'info',
  'profile.removed': 'info',
  'secret.set': 'info',
  'secret.forgotten': 'info',
  'elevation.granted': 'info',
  'elevation.given-back': 'info',
  'elevation.refused': 'warning',
  'host.opened': 'info',
  'host.seen': 'info',
  'host.lost': 'error',
  'watch.started': 'info',
  'watch.ended': 'info',
  'watch.lost': 'warning',
  'journal.dropped': 'warning',
  'journal.damaged': 'error',
  'journal.unwritable': 'error',
  'journal.renumbered': 'info',
  'journal.cut-short': 'warning',
} as const satisfies Readonly<Record<string, Weight>>;

/** The name of something that this version writes into the journal. */
export type JournalName = keyof typeof JOURNAL_WEIGHTS;

/** Whether a line's name is one that this version writes. */
export const isJournalName = (what: string): what is JournalName => Object.hasOwn(JOURNAL_WEIGHTS, what);

/** How an end is asked for on Windows: by Ctrl-C and `docker stop` (STATUS_CONTROL_C_EXIT), signed and unsigned. */
const ASKED_FOR: ReadonlySet<number> = new Set([0, 0xc000013a, 0xc000013a | 0]);

/** How bad a line of the journal is. */
export function severityOfEntry({ what, data }: Pick<JournalEntry, 'what' | 'data'>): Exclude<Weight, 'by-data'> {
  const weight: Weight = isJournalName(what) ? JOURNAL_WEIGHTS[what] : 'info';
  if (weight !== 'by-data') return weight;
  if (what === 'container.ended') {
    const exitCode = data?.['exitCode'];
    if (exitCode === undefined) return 'info';
    return ASKED_FOR.has(Number(exitCode)) ? 'info' : 'warning';
  }
  // Whoever cancels knows, and nothing went wrong.
  if (what === 'launch.failed' || what === 'relaunch.failed') return data?.['code'] === 'cancelled' ? 'info' : 'error';
  if (what === 'finding.opened') {
    const severity = data?.['severity'];
    return severity === 'serious' ? 'error' : severity === 'warning' ? 'warning' : 'info';
  }
  if (what === 'inspection.gaps-changed') {
    return Array.isArray(data?.['first']) && data['first'].length > 0 ? 'warning' : 'info';
  }
  return Number(data?.['unexpected'] ?? 0) > 0 ? 'error' : 'info';
}
