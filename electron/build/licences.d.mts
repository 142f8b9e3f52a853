/** What a package says of its terms; `text` is absent where it carries none. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text?: string;
}

export function packageFolderOf(module: string): string | undefined;
export function carriedPackages(lock: {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly os?: readonly string[] }>
  >;
}): string[];
export function readLicence(folder: string): Licence;
export function licencesOf(folders: Iterable<string>): Licence[];
export function licencesText(licences: readonly Licence[]): string;
