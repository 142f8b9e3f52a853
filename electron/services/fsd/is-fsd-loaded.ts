import type { ObjectNamespace } from '../../hosts/host.ts';

/**
 * Whether the driver of that service has made its control device, told by its name alone: nothing is opened, for what is
 * no link is refused as such before any driver hears of it. One call to the kernel, where `sc query` starts a program.
 * Undefined where that cannot be told. Ground: winfsp src/sys/driver.c, `\Device\WinFsp.Disk<suffix>`.
 */
export async function isFsdLoaded(
  objects: Pick<ObjectNamespace, 'readLink'>,
  service: string,
  signal?: AbortSignal,
): Promise<boolean | undefined> {
  const answer = await objects.readLink(`\\Device\\WinFsp.Disk${service.slice('WinFsp'.length)}`, signal);
  if ('target' in answer) return undefined;
  if (answer.refused === 'wrong-type') return true;
  return answer.refused === 'not-found' ? false : undefined;
}
