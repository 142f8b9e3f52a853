/** Builds the window's shell; `root` is the package's folder, `outDir` (below it) is `out/window` unless told. */
export function buildWindow(options: {
  readonly version: string;
  readonly root: string;
  readonly outDir?: string;
}): Promise<void>;
