import { assertNever } from '../base/assert-never.ts';
import type { Fix, FixKind } from '../domain/fix.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

/** A fix as a button says it. */
export function wordFixKind(kind: FixKind): string {
  switch (kind) {
    case 'relaunch-as-disk':
      return 'Relaunch as a disk';
    case 'rename':
      return 'Relaunch under a free name';
    case 'read-only':
      return 'Relaunch read-only';
    case 'process-isolation':
      return 'Relaunch under process isolation';
    case 'clear-mount-point':
      return 'Take the letter away';
    case 'start-fsd':
      return 'Start the driver';
    case 'accept':
      return 'Accept for a time';
    default:
      return assertNever(kind, 'fix');
  }
}

/** What a fix does and what it costs, before it is done. */
export function wordFix(fix: Fix): string {
  const containers = formatList([...new Set(fix.relaunches.map(({ container }) => escapeUntrusted(container)))]);
  switch (fix.kind) {
    case 'relaunch-as-disk':
      return `Stops ${containers} and launches the same without a UNC prefix, as a disk: by the rule only its own container sees that. ${LOSS}`;
    case 'rename': {
      const names = formatList(
        fix.relaunches.map(({ uncPrefix }) => (uncPrefix === undefined ? '' : escapeUntrusted(uncPath(uncPrefix)))),
      );
      return `Stops ${containers} and launches the same as ${names}. ${LOSS} Whoever uses the old name must learn the new one.`;
    }
    case 'read-only':
      return `Stops ${containers} and launches the same read-only: it is still seen from outside, and nobody can change it, its own container included. ${LOSS}`;
    case 'process-isolation':
      return `Stops ${containers} and launches the same under process isolation, on the kernel that WinFsp is on. ${LOSS}`;
    case 'clear-mount-point':
      return `Takes ${escapeUntrusted(fix.mountPoint?.mountPoint ?? '')} away, if it still leads to ${escapeUntrusted(fix.mountPoint?.target ?? '')}. No volume is touched: that one is gone.`;
    case 'start-fsd':
      return "Starts WinFsp's driver on the host; no elevation is needed.";
    case 'accept':
      return 'Changes nothing about it. The finding is marked as accepted, with your reason, until the day you give; then it counts again.';
    default:
      return assertNever(fix.kind, 'fix');
  }
}

const LOSS =
  "What a file system in memory holds is lost, so are the container's own files (whatever was written in it outside its volumes and binds), and open files are cut off.";

/** The command that does the same. */
export function fixCommand(finding: string, { kind }: Pick<Fix, 'kind'>): readonly string[] {
  const words = ['siloscope', 'fix', finding, '--by', kind];
  return kind === 'accept' ? [...words, '--reason', 'WHY', '--until', 'YYYY-MM-DD'] : words;
}
