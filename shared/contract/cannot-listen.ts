import { FaultError } from './fault.ts';

const BECAUSE: Readonly<Partial<Record<string, 'taken' | 'denied'>>> = {
  EADDRINUSE: 'taken',
  EACCES: 'denied',
  EPERM: 'denied',
};

/** A server's error at its start, as Node tells it, as the fault that it is. */
export function cannotListen(address: string, error: Error & { readonly code?: string | undefined }): FaultError {
  const because = BECAUSE[error.code ?? ''] ?? 'other';
  return new FaultError({ code: 'cannot-listen', address, because, raw: error.message }, { cause: error });
}
