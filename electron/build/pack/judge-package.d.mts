/** What read-package.mjs answers. */
export interface ReadPackage {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly archived: readonly string[];
  readonly fuses: Readonly<Record<string, boolean>>;
  readonly archiveHash: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly manifest: string;
  readonly integrity: readonly { readonly file: string; readonly alg: string; readonly value: string }[];
}

/** Every fault of a package, worded; none means that it keeps the law. */
export function judgePackage(
  read: ReadPackage,
  expected: { readonly arch: 'x64' | 'arm64'; readonly version: string },
): string[];
