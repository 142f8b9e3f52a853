import type { ChildProcess } from 'node:child_process';

export declare const node: string;
export declare const WINFSP: string;
export declare function needWine(options: { readonly installs: boolean }): void;
export declare function windows(path: string): string;
export declare function start(
  name: string,
  argv: readonly string[],
  options?: { readonly isReady?: (line: string) => boolean; readonly env?: Readonly<Record<string, string>> },
): Promise<{ readonly child: ChildProcess; readonly line: string }>;
