/** One line typed at a stock docker client, and what it must print. */
export interface Line {
  readonly does: string;
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** Exit code; 0 unless said. */
  readonly code?: number;
  /** The whole text, or a pattern in it. */
  readonly out?: string | RegExp;
  readonly err?: string | RegExp;
}

/** Images of the story: the host's own, older ones, a newer one, one whose pull breaks, one of Linux. */
export const CORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
export const OLDER = 'mcr.microsoft.com/windows/servercore:ltsc2022';
export const OLD = 'mcr.microsoft.com/windows/servercore:ltsc2019';
export const NEWER = 'mcr.microsoft.com/windows/servercore:insider';
export const BROKEN = 'registry.example/tools/broken:1';
export const LINUX = 'alpine:3.20';

export const WINFSP = 'C:\\Program Files (x86)\\WinFsp';
export const MEMFS = `${WINFSP}\\bin\\memfs-x64.exe`;
export const ID = /^[0-9a-f]{64}\n$/;

export const said = (text: string): string => `Error response from daemon: ${text}\n`;
