/** Electron's binary, or why there is none. Nothing is downloaded. */
export type FoundElectron =
  | { readonly binary: string; readonly why?: never }
  | { readonly binary?: never; readonly why: string };
export function findElectron(
  env: Readonly<Record<string, string | undefined>>,
  resolve?: (name: string) => string,
): FoundElectron;

export interface StartSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly uid?: number | undefined;
}
export function whyNoWindow(around: StartSurroundings): string | undefined;

export type ChosenStart =
  | { readonly kind: 'window'; readonly binary: string }
  | { readonly kind: 'page'; readonly why: string };
export function chooseStart(around: StartSurroundings, electron?: FoundElectron): ChosenStart;

/** What came of a process that was started. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly error?: { readonly code?: string; readonly message?: string };
}
/** Why there is no window though its program was started, if so; `lastedMs` is how long it was there. */
export function whyEnded(end: ProcessEnd, lastedMs: number): string | undefined;

/** Arguments of a start as Electron's program takes them. */
export function windowArguments(argv: readonly string[]): string[];

/** The address a person opens, from the line that `serve --json` prints; undefined when that tells of a fault. */
export function pageAddress(line: string): string | undefined;
