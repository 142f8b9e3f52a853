import { FaultError } from '../../../shared/contract/fault.ts';
import type { Host } from '../../hosts/host.ts';
import { mayOpenOn } from '../leads-to-partition.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import { readImagePath } from './read-image-path.ts';

/** What stands in the way of a start that has not been tried yet. Empty: nothing is known to. */
export interface FsdTrouble {
  /** The driver's file, as the service names it, is not there. */
  readonly missingFile?: string;
  /** The Win32 error with which its last start ended. */
  readonly lastError?: number;
}

/** ERROR_SERVICE_NEVER_STARTED: since the host was booted. */
const NEVER_STARTED = 1077;

/**
 * Looks at a stopped FSD: whether its service's `ImagePath` names a file that is there, and how its last start ended.
 * Nothing is started. What cannot be read says nothing.
 */
export async function readFsdTrouble(host: Host, service: string, signal?: AbortSignal): Promise<FsdTrouble> {
  const [path, queried] = await Promise.all([
    readImagePath(host, service, signal),
    runIfThere(host, ['sc.exe', 'query', service], runOptions(signal)),
  ]);
  const lastError = lastErrorIn(queried?.stdout ?? '');
  const missingFile = path === undefined ? undefined : await missing(host, path, signal);
  return {
    ...(missingFile === undefined ? {} : { missingFile }),
    ...(lastError === undefined ? {} : { lastError }),
  };
}

/**
 * `WIN32_EXIT_CODE` of `sc.exe query`, which Windows may translate: the first number that stands there twice, in decimal and
 * in brackets as a hexadecimal one.
 */
export function lastErrorIn(text: string): number | undefined {
  const twice = [...text.matchAll(/:\s*(\d{1,10})\s+\(0x([0-9a-f]{1,8})\)\s*$/gim)];
  const code = twice.map(([, digits, hex = '']) => [Number(digits), Number.parseInt(hex, 16)] as const)[0];
  if (code === undefined || code[0] !== code[1]) return undefined;
  return code[0] === 0 || code[0] === NEVER_STARTED ? undefined : code[0];
}

async function missing(host: Host, path: string, signal?: AbortSignal): Promise<string | undefined> {
  const letter = path.slice(0, 2);
  // The service's letter is a global one: in this session it may be a server's.
  if (!(await mayOpenOn(host, path, signal))) return undefined;
  const target = { by: 'drive', mountPoint: letter, rest: path.slice(3) } as const;
  try {
    const answer = await host.probe(target, signal === undefined ? {} : { signal });
    return answer.outcome === 'not-found' ? path : undefined;
  } catch (caught) {
    if (caught instanceof FaultError && caught.fault.code === 'command-failed') return undefined;
    throw caught;
  }
}
