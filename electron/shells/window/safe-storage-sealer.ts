import type { Sealer } from '../../services/secrets/sealer.ts';

/** What of Electron's `safeStorage` is needed. The backend is asked on Linux alone. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend(): string;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

/**
 * The desktop's own store of keys, through Electron. Without a keyring Electron would encrypt with a key that is in its
 * sources, and call it encrypted: that is refused, as is a backend that nobody knows yet.
 */
export function safeStorageSealer(storage: SafeStorage, platform: string): Sealer {
  const refusal = () => {
    if (!storage.isEncryptionAvailable()) return 'no-encryption' as const;
    const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : '';
    if (backend === 'basic_text') return 'basic-text' as const;
    return backend === 'unknown' ? ('no-encryption' as const) : undefined;
  };
  return {
    kind: 'safe-storage',
    refuses: async () => refusal(),
    seal: async text => storage.encryptString(text).toString('base64'),
    open: async sealed => storage.decryptString(Buffer.from(sealed, 'base64')),
  };
}
