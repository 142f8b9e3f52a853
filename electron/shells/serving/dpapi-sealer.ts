import { type DataProtection, loadDataProtection } from '../../hosts/this-machine/nt/data-protection.ts';
import type { Sealer } from '../../services/secrets/sealer.ts';

/**
 * The sealer of this machine: DPAPI on Windows, shared by window, server and command line. None elsewhere. Its library is
 * loaded when the first secret is asked for.
 */
export function machineSealers(
  platform: string,
  load: () => Promise<DataProtection> = loadDataProtection,
): readonly Sealer[] {
  return platform === 'win32' ? [dpapiSealer(load)] : [];
}

function dpapiSealer(load: () => Promise<DataProtection>): Sealer {
  let loading: Promise<DataProtection> | undefined;
  const calls = (): Promise<DataProtection> => {
    loading ??= load();
    return loading;
  };
  return {
    kind: 'dpapi',
    refuses: () =>
      calls().then(
        () => undefined,
        () => 'failed' as const,
      ),
    seal: async text => (await calls()).protect(Buffer.from(text, 'utf8')).toString('base64'),
    open: async sealed => (await calls()).unprotect(Buffer.from(sealed, 'base64')).toString('utf8'),
  };
}
