import type { Duplex } from 'node:stream';
import type { Fault } from '../../shared/contract/fault.ts';
import type { ElevatedAct, ElevationPurpose, ElevationState, NoElevation } from '../../shared/domain/elevation.ts';
import type { HostFacts, HostId } from '../../shared/domain/host-facts.ts';
import type { KernelAnswer, KernelQuestion } from '../../shared/domain/kernel-question.ts';
import type { SshConnection } from '../../shared/domain/ssh-connection.ts';

/** A program's end. Any exit code is an answer, not an error. Output is decoded text, line ends as the program wrote them. */
export interface Ran {
  readonly argv: readonly string[];
  /** Unsigned 32-bit, as Windows has it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
}

/** How a program is run. Times in ms. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Kills the program after this time and fails with `timed-out`. Default 30 000. */
  readonly timeoutMs?: number;
  readonly stdin?: string;
}

/** One name in a directory of the object namespace. */
export interface ObjectEntry {
  readonly name: string;
  /** As the object manager says it: `Directory`, `SymbolicLink`, `Device`, `Job`, ... */
  readonly type: string;
}

/** Why a name of the object namespace could not be read. An ordinary answer. */
export type ObjectRefusal = 'not-found' | 'access-denied' | 'wrong-type' | 'malformed-name' | 'unsupported';

/**
 * Reads the object namespace, from the host's root. Only directories and symbolic links are ever opened.
 * Beware: a link under `\Silos\<id>` that is *opened through* resolves from the host's root, so callers read the
 * link's own target and never walk through it.
 */
export interface ObjectNamespace {
  list(
    path: string,
    signal?: AbortSignal,
  ): Promise<{ readonly entries: readonly ObjectEntry[] } | { readonly refused: ObjectRefusal }>;
  readLink(
    path: string,
    signal?: AbortSignal,
  ): Promise<{ readonly target: string } | { readonly refused: ObjectRefusal }>;
}

/**
 * What a probe may open. A plain UNC name can send the user's NTLM credentials across the network, hence `askedByUser`.
 * `provider`: opened as `\\?\GLOBALROOT\Device\Mup\;<provider>\class\instance\rest`, without prefix resolution.
 */
export type ProbeTarget =
  | {
      readonly by: 'provider';
      /** The provider's device name without `\Device\`, e.g. `WinFsp.Mup+2.1{guid}`. */
      readonly provider: string;
      readonly uncPrefix: string;
      /** Relative to the volume's root, without a leading backslash; empty for the root. */
      readonly rest: string;
    }
  /** `\Device\Volume{guid}`, opened as `\\?\GLOBALROOT\Device\Volume{guid}\rest`: only its own namespace has it. */
  | { readonly by: 'device'; readonly device: string; readonly rest: string }
  | { readonly by: 'drive'; readonly mountPoint: string; readonly rest: string }
  | { readonly by: 'unc'; readonly uncPrefix: string; readonly rest: string; readonly askedByUser: true };

/** How a probe opens. Times in ms. */
export interface ProbeOptions {
  readonly signal?: AbortSignal;
  /** Hard limit: a hung file system must not hang us. Default 3 000. */
  readonly timeoutMs?: number;
  /** Read up to so many bytes of a file. Default 0: open with FILE_READ_ATTRIBUTES only. */
  readonly readBytes?: number;
}

/** What came of opening a path. An NTSTATUS is an answer, and so is silence. */
export type ProbeAnswer = {
  /** The path exactly as it was opened. */
  readonly path: string;
  readonly elapsedMs: number;
} & (
  | {
      readonly outcome: 'opened';
      /** FSP_FSCTL_QUERY_WINFSP succeeded on the open file. */
      readonly winfsp: boolean;
      readonly directory: boolean;
      readonly content?: Uint8Array;
    }
  | {
      readonly outcome: 'not-found' | 'denied' | 'failed';
      /** NTSTATUS, e.g. 0xC00000BE, and its name where known. */
      readonly status: number;
      readonly statusName: string;
    }
  | { readonly outcome: 'timed-out' }
);

/** What an act done with an administrator's rights came to. `ran` is a program's end; any exit code is an answer. */
export type ElevatedAnswer =
  | { readonly kind: 'entries'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'target'; readonly target: string }
  | { readonly kind: 'refused'; readonly refused: ObjectRefusal }
  | { readonly kind: 'ran'; readonly ran: Ran };

/** Somebody with an administrator's rights, for one purpose. Ends by itself when nothing was asked for a while. */
export interface ElevatedSession {
  readonly purpose: ElevationPurpose;
  /** One after the other. Fails with `access-denied` for an act of another purpose, `cancelled`, `elevation-lost`. */
  perform(act: ElevatedAct, signal?: AbortSignal): Promise<ElevatedAnswer>;
  /** Settles once the rights are gone. */
  dispose(): Promise<void>;
}

/** What came of asking for an administrator's rights. */
export type ElevationAnswer =
  | { readonly outcome: 'granted'; readonly session: ElevatedSession }
  | { readonly outcome: 'refused-by-user' }
  | { readonly outcome: 'unavailable'; readonly because: NoElevation };

/** How an administrator's rights are come by on a host. */
export interface Elevation {
  state(): Promise<ElevationState>;
  /** Asks the user, by UAC where it is real. Only ever at an explicit act of the user's. */
  ask(purpose: ElevationPurpose, signal?: AbortSignal): Promise<ElevationAnswer>;
}

/**
 * Everything services know of a Windows host. Three implementations pass one suite (host.contract.ts): simulated,
 * this-machine, remote; a recording answers as one of them once did. Errors are `FaultError`s: `host-unreachable`, `engine-unreachable`,
 * `access-denied`, `timed-out`, `cancelled`.
 */
export interface Host {
  readonly id: HostId;
  readonly facts: HostFacts;
  /** How it is reached, where that is by SSH. */
  readonly connection?: SshConnection;
  /** Runs one program. argv, never a shell line; argv[0] is a program's name or full path. */
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Raw bytes to the Docker Engine API, one connection a call. */
  dialEngine(signal?: AbortSignal): Promise<Duplex>;
  readonly objects: ObjectNamespace;
  probe(target: ProbeTarget, options?: ProbeOptions): Promise<ProbeAnswer>;
  /**
   * Asks the kernel itself, partly by undocumented calls that change nothing: only when a user wants it. A refusal is an
   * answer. Absent where it cannot be asked.
   */
  askKernel?(question: KernelQuestion, signal?: AbortSignal): Promise<KernelAnswer>;
  /** Absent where nobody can be asked; `noElevation` says why, by default `fixed-rights`. */
  readonly elevation?: Elevation;
  readonly noElevation?: NoElevation;
  /** Told once when the host is lost for good (a dropped SSH connection, a stopped simulation). Answers the undo. */
  onLost(listener: (fault: Fault) => void): () => void;
  dispose(): Promise<void>;
}
