import { z } from 'zod';

/** Older ones can blue-screen a host that runs Windows containers. Ground: winfsp#438, changelog of 1.12. */
export const MINIMUM_WINFSP = '1.12';

/**
 * Who said a version. `fsptool`: `fsptool ver`, which reads its DLL's file version. `dll-file`, `driver-file`: the version
 * resource of a file itself. `installer`: DisplayVersion in the list of installed programs. Ground: winfsp src/dll/util.c
 * (FspVersion), src/sys/version.rc, build/VStudio/installer/Product.wxs.
 */
export const WinFspVersionSource = z.enum(['fsptool', 'dll-file', 'driver-file', 'installer']);
export type WinFspVersionSource = z.infer<typeof WinFspVersionSource>;

/** A version and who said it. `service`: of a driver's file, where it is not the driver in use but one that runs beside it. */
export const ToldVersion = z.object({
  source: WinFspVersionSource,
  version: z.string(),
  service: z.string().optional(),
});
export type ToldVersion = z.infer<typeof ToldVersion>;

/** The leading numbers of a version: `2.1.25156.1a2b3c4` is 2.1.25156. Undefined where there are not even two. Total. */
export function readVersion(text: string): string | undefined {
  return /^\s*(\d{1,5}(?:\.\d{1,5}){1,3})(?![0-9a-z])/i.exec(text)?.[1];
}

/** Negative when `a` is older. Only what both name is compared: `2.1` and `2.1.25156` do not differ. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(text => text.split('.').map(part => Number.parseInt(part, 10)));
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index];
    if (other === undefined || Number.isNaN(part) || Number.isNaN(other)) return 0;
    if (part !== other) return part - other;
  }
  return 0;
}

/** Whether WinFsp of this version is too old for containers. An unreadable version is not judged. */
export const isTooOld = (version: string): boolean => compareVersions(version, MINIMUM_WINFSP) < 0;

/** The version gate's verdict. Only `ok` and `differs` let a container be launched. */
export type WinFspVerdict =
  | { readonly verdict: 'unknown' }
  /** `by`: the oldest that was told; a driver that is too old counts as much as a DLL. */
  | { readonly verdict: 'too-old'; readonly by: ToldVersion }
  | { readonly verdict: 'ok'; readonly by: ToldVersion }
  /** None is too old, but `other` is of another version than `by`, which containers load. */
  | { readonly verdict: 'differs'; readonly by: ToldVersion; readonly other: ToldVersion };

/** In the order of how near each is to what a container loads. The driver's comes last: it is compared, not taken for it. */
const TRUST: readonly WinFspVersionSource[] = ['dll-file', 'fsptool', 'installer', 'driver-file'];

/**
 * Judges what the sources say of WinFsp's version. The DLL's file is what containers load, fsptool's word is a shorter
 * reading of it, and the installer's entry is believed where neither could be read.
 */
export function judgeWinFspVersion(told: readonly ToldVersion[]): WinFspVerdict {
  const known = TRUST.flatMap(source => told.filter(one => one.source === source));
  const by = known.find(({ source }) => source !== 'driver-file');
  if (by === undefined) return { verdict: 'unknown' };
  // The installer's entry outlives what it installed: it is heard on age only where nothing nearer is.
  const heard = known.filter(one => one === by || one.source !== 'installer');
  const oldest = heard.reduce((old, one) => (compareVersions(one.version, old.version) < 0 ? one : old), by);
  if (isTooOld(oldest.version)) return { verdict: 'too-old', by: oldest };
  const other = known.find(one => compareVersions(one.version, by.version) !== 0);
  return other === undefined ? { verdict: 'ok', by } : { verdict: 'differs', by, other };
}
