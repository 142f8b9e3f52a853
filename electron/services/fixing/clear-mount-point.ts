import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCmdLine } from '../../../shared/domain/cmd-line.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import { powershellText } from '../../../shared/domain/powershell-text.ts';
import { execInContainer } from '../engine/exec.ts';
import { isTargetThere } from '../inspection/find-ghosts.ts';
import { type MountPoints, readMountPoints } from '../inspection/read-mount-points.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';

/** A drive letter and what it must lead to for being taken away. */
export interface DosDefinition {
  readonly namespace: NamespaceId;
  readonly mountPoint: string;
  readonly target: string;
}

/** DDD_RAW_TARGET_PATH, DDD_REMOVE_DEFINITION and DDD_EXACT_MATCH_ON_REMOVE: no other definition of the letter is touched. */
const FLAGS = 7;

/**
 * Takes a drive letter away that leads nowhere: DefineDosDevice removes the definition that leads exactly there, in the
 * logon session of whoever asks, which is the only one in which a user may. Whether it still leads nowhere is looked up right
 * before, and whether it is gone right after: rejects with `mount-point-in-use` where its target lives.
 * Ground: Microsoft, DefineDosDeviceW. Answers the command to run by hand where the letter is another session's.
 */
export async function clearMountPoint(
  around: Surroundings,
  definition: DosDefinition,
  signal?: AbortSignal,
): Promise<{ readonly gone: boolean; readonly byHand?: string }> {
  const { namespace, mountPoint, target } = definition;
  if (!/^[A-Za-z]:$/.test(mountPoint) || !/^\\Device\\\P{Cc}{1,1000}$/u.test(target)) {
    throw new FaultError({
      code: 'invalid-input',
      issues: [{ path: 'fix', message: `${mountPoint} is no drive letter of a device: only those are taken away.` }],
    });
  }
  const view = (await readNamespaces(around, signal)).views.find(one => one.namespace.id === namespace);
  const root = namespace === HOST_NAMESPACE ? '' : rootOf(view);
  if (root === undefined) throw unreadable(mountPoint, 'its silo is not known');
  const argv = ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', scriptFor(mountPoint, target)];
  const isThere = ({ links }: MountPoints): boolean =>
    links.some(link => link.mountPoint === mountPoint.toUpperCase() && link.target === target);
  const before = await readMountPoints(around.host.objects, root, signal);
  // The last look before it is taken away: what was a ghost a while ago may have come to life.
  const now = await isTargetThere(around.host.objects, root, target, signal);
  if (now === 'there') throw new FaultError({ code: 'mount-point-in-use', mountPoint, by: target });
  if (now === 'unknown') throw unreadable(mountPoint, 'the \\Device to which it leads could not be read');
  if (namespace === HOST_NAMESPACE) await runIfThere(around.host, argv, runOptions(signal, 20_000));
  else if (view?.container !== undefined) {
    const { id } = view.container.ref;
    await execInContainer(around.connection, around.clock, { container: id, argv, timeoutMs: 20_000, signal });
  }
  const left = await readMountPoints(around.host.objects, root, signal);
  // Gone is what is seen no more where it was seen before; a list that is refused now shows nothing of it.
  const known = new Set(before.unread.map(({ path }) => path));
  const isSeen = isThere(before) ? left.unread.every(({ path }) => known.has(path)) : left.unread.length === 0;
  const gone = isSeen && !isThere(left);
  return gone ? { gone } : { gone, byHand: composeCmdLine(argv) };
}

/** Where its part of the object namespace is; undefined where its silo's id is not told. */
function rootOf(view: NamespaceView | undefined): string | undefined {
  return view?.namespace.siloId === undefined ? undefined : `\\Silos\\${view.namespace.siloId}`;
}

function unreadable(mountPoint: string, why: string): FaultError {
  const raw = `${why}: whether it leads nowhere cannot be told, and nothing was taken away`;
  return new FaultError({ code: 'access-denied', what: mountPoint, raw });
}

/** The target is anybody's text, a prefix with quotes, `$` or `&`: it is encoded, so that no shell reads it. */
function scriptFor(mountPoint: string, target: string): string {
  const signature =
    '[DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)] public static extern bool DefineDosDeviceW(uint flags, string name, string target);';
  return [
    `$type = Add-Type -PassThru -Name DosDevice -Namespace Siloscope -MemberDefinition '${signature}'`,
    `if (-not $type::DefineDosDeviceW(${FLAGS}, '${mountPoint}', ${powershellText(target)})) { exit 1 }`,
  ].join('; ');
}
