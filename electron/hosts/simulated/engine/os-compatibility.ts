/** Long-term builds with a stable ABI. Ground: hcsshim osversion/platform_compat_windows.go. */
const STABLE_BUILDS = [26_100, 20_348];

/** The third field of `10.0.20348.2966`; undefined when there is none. */
export function buildOf(osVersion: string | undefined): number | undefined {
  const build = Number(osVersion?.split('.')[2]);
  return Number.isInteger(build) && build > 0 ? build : undefined;
}

/** A pull is refused when the image is newer than the host, whatever the isolation. Answers the sentence, or undefined. */
export function refusePull(osVersion: string | undefined, hostBuild: number): string | undefined {
  const build = buildOf(osVersion);
  if (build === undefined || build <= hostBuild) return undefined;
  return `a Windows version 10.0.${build}-based image is incompatible with a 10.0.${hostBuild} host`;
}

/** Whether HCS starts such a container. Process isolation: same build before 20348, then from the last LTSC on. */
export function canStart(osVersion: string | undefined, hostBuild: number, isolation: 'process' | 'hyperv'): boolean {
  const build = buildOf(osVersion);
  if (build === undefined) return true;
  if (isolation === 'hyperv') return build <= hostBuild;
  if (hostBuild < 20_348 || build === hostBuild) return build === hostBuild;
  const oldest = STABLE_BUILDS.find(stable => stable < hostBuild) ?? 20_348;
  return oldest <= build && build <= hostBuild;
}
