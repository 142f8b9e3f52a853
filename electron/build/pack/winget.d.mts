export const PACKAGE_IDENTIFIER: string;

export interface WingetManifests {
  readonly version: object;
  readonly installer: object;
  readonly locale: object;
}

/** The manifests of a version as plain data. */
export function wingetManifests(release: {
  readonly version: string;
  readonly description: string;
  readonly installers: readonly { readonly arch: 'x64' | 'arm64'; readonly url: string; readonly sha256: string }[];
}): WingetManifests;

/** The files by name. */
export function wingetFiles(manifests: WingetManifests): Readonly<Record<string, string>>;

/** The installers of a version that lie below a folder, of whatever architectures were packed. */
export function installersIn(
  folder: string,
  version: string,
  below: string,
): { readonly arch: 'x64' | 'arm64'; readonly url: string; readonly sha256: string }[];

/** Writes one set for this version below `folder`, where SILOSCOPE_DOWNLOAD_URL says where the installers will be. */
export function writeManifests(given: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}): void;
