import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCmdLine } from '../../../shared/domain/cmd-line.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import { execInContainer } from '../engine/exec.ts';
import { readMountPoints } from '../inspection/read-mount-points.ts';
import { runIfThere, runOptions } from '../run-program.ts';
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
 * logon session of whoever asks, which is the only one in which a user may. Whether it is gone is looked up, not believed.
 * Ground: Microsoft, DefineDosDeviceW. Answers the command to run by hand where the letter is another session's.
 */
export async function clearMountPoint(
  around: Surroundings,
  definition: DosDefinition,
  signal?: AbortSignal,
): Promise<{ readonly gone: boolean; readonly byHand?: string }> {
  const { namespace, mountPoint, target } = definition;
  if (!/^[A-Za-z]:$/.test(mountPoint) || !/^\\Device\\[\w{}+.\\ -]{1,300}$/.test(target)) {
    throw new FaultError({
      code: 'invalid-input',
      issues: [{ path: 'fix', message: `${mountPoint} is no drive letter of a device: only those are taken away.` }],
    });
  }
  const views = (await readNamespaces(around, signal)).views;
  const view = views.find(one => one.namespace.id === namespace);
  const script = scriptFor(mountPoint, target);
  const argv = ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', script];
  if (namespace === HOST_NAMESPACE) await runIfThere(around.host, argv, runOptions(signal, 20_000));
  else if (view?.container !== undefined) {
    const { id } = view.container.ref;
    await execInContainer(around.connection, around.clock, { container: id, argv, timeoutMs: 20_000, signal });
  }
  const root = namespace === HOST_NAMESPACE ? '' : `\\Silos\\${view?.namespace.siloId ?? ''}`;
  const left = await readMountPoints(around.host.objects, root, signal);
  const gone = !left.some(link => link.mountPoint === mountPoint.toUpperCase() && link.target === target);
  return gone ? { gone } : { gone, byHand: composeCmdLine(argv) };
}

function scriptFor(mountPoint: string, target: string): string {
  const signature =
    '[DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)] public static extern bool DefineDosDeviceW(uint flags, string name, string target);';
  return [
    `$type = Add-Type -PassThru -Name DosDevice -Namespace Siloscope -MemberDefinition '${signature}'`,
    `if (-not $type::DefineDosDeviceW(${FLAGS}, '${mountPoint}', '${target}')) { exit 1 }`,
  ].join('; ');
}
