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
