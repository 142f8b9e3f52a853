/** Older ones can blue-screen a host that runs Windows containers. Ground: winfsp#438, changelog of 1.12. */
export const MINIMUM_WINFSP = '1.12';

/** Whether WinFsp of this version is too old for containers. An unreadable version is not judged. */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(part => Number.parseInt(part, 10));
  if (Number.isNaN(major) || Number.isNaN(minor)) return false;
  return major < 1 || (major === 1 && minor < 12);
}
