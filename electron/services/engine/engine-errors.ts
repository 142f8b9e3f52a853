import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import { decode } from '../../../shared/domain/error-decoder.ts';

/**
 * Translates what dockerode rejects with into a fault; the only place that knows its shape (`statusCode`, `json`).
 * A FaultError, e.g. from the host's dial, passes as it is.
 */
export function engineFault(caught: unknown, operation: string, endpoint: string): FaultError {
  if (caught instanceof FaultError) return caught;
  if (!(caught instanceof Error)) return new FaultError({ code: 'bug', message: String(caught) });
  if (caught.name === 'AbortError') return new FaultError({ code: 'cancelled' }, { cause: caught });
  const statusCode = 'statusCode' in caught && typeof caught.statusCode === 'number' ? caught.statusCode : undefined;
  if (statusCode !== undefined) {
    return new FaultError(refusal(operation, statusCode, messageOf(caught)), { cause: caught });
  }
  const code = 'code' in caught && typeof caught.code === 'string' ? caught.code : '';
  if (code === 'EACCES' || code === 'EPERM') {
    return new FaultError({ code: 'access-denied', what: endpoint, raw: caught.message }, { cause: caught });
  }
  if (code !== '' || /socket hang up|aborted/i.test(caught.message)) {
    return new FaultError(
      { code: 'engine-unreachable', endpoint, cause: code === '' ? 'connection lost' : code, raw: caught.message },
      { cause: caught },
    );
  }
  return new FaultError({
    code: 'bug',
    message: caught.message,
    ...(caught.stack === undefined ? {} : { stack: caught.stack }),
  });
}

/** The engine's own sentence: out of the JSON body where there is one, else out of dockerode's message. */
function messageOf(error: Error): string {
  const json: unknown = 'json' in error ? error.json : undefined;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string') {
    return json.message.trim();
  }
  return error.message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
}

/** The fault behind an error status of the engine. Ground: moby's messages, as of Engine 28. */
function refusal(operation: string, statusCode: number, raw: string): Fault {
  const name = /^No such (container|image|exec instance): (.+)$/i.exec(raw);
  if (statusCode === 404 && name !== null) return { code: 'not-found', what: name[1] ?? '', name: name[2] ?? '' };
  const conflict = /^Conflict\. The container name "\/?([^"]+)" is already in use by container "([0-9a-f]+)"/.exec(raw);
  if (statusCode === 409 && conflict !== null) {
    return { code: 'name-in-use', name: conflict[1] ?? '', by: (conflict[2] ?? '').slice(0, 12) };
  }
  const full = diskFull(raw);
  if (full !== undefined) return full;
  const decoded = decode(raw);
  return { code: 'engine-refused', operation, statusCode, raw, ...(decoded === undefined ? {} : { decoded }) };
}

/** The fault of a disk without room, when the raw text says so. Win32 112 and 39, HRESULT 0x80070070, ENOSPC. */
export function diskFull(raw: string): Fault | undefined {
  const says = /not enough space on the disk|0x80070070|\(0x70\)|disk is full|no space left on device/i.test(raw);
  return says ? { code: 'disk-full', path: "the engine's data root", raw } : undefined;
}

/** The engine knows no such thing (any more). */
export function isNotFound(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'not-found';
}

/** It was so already: a stopped container stopped again. */
export function isNotModified(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'engine-refused' && error.fault.statusCode === 304;
}
