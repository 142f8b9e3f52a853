import type { Handle } from './system-calls.ts';

/** The calls on files that a probe takes. Each answers the NTSTATUS that the kernel left behind, 0 for success. */
export interface FileCalls {
  /** CreateFileW, of what exists, sharing everything; a reparse point at the end is opened, not followed. */
  open(
    path: string,
    how: { readonly read: boolean; readonly level: 'anonymous' | 'identification' },
  ): { readonly status: number; readonly handle: Handle };
  /** FSP_FSCTL_QUERY_WINFSP (0x920FC) succeeds on files of WinFsp alone. Ground: winfsp src/dll/np.c. */
  queryWinFsp(handle: Handle): { readonly status: number };
  attributes(handle: Handle): { readonly status: number; readonly directory: boolean };
  read(handle: Handle, buffer: Buffer): { readonly status: number; readonly length: number };
  close(handle: Handle): void;
}

/** Holds a program and all that it starts, so that all of it can be ended, and ends with us at the latest. */
export interface ProcessCalls {
  /** Takes the process into a job of its own; undefined when it is gone already or cannot be had. */
  confine(processId: number): ConfinedProcess | undefined;
  /** The code page that console programs write in when nobody told them another. */
  oemCodePage(): number;
}

export interface ConfinedProcess {
  /** Ends the program and all that it started. */
  terminate(): void;
  /** Lets go; what still runs goes on. */
  release(): void;
}
