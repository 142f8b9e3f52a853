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

/** The address a person opens, from the line that `serve --json` prints. */
export function pageAddress(line: string): string;
