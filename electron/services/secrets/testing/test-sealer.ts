import type { Sealer } from '../sealer.ts';

/** Seals so that no part of the value can be recognised, and opens nothing but what it sealed. */
export const testSealer: Sealer = {
  kind: 'dpapi',
  refuses: async () => undefined,
  seal: async text => Buffer.from(Buffer.from(`sealed:${text}`).map(byte => byte ^ 0xa5)).toString('base64'),
  open: async sealed => {
    const text = Buffer.from(sealed, 'base64').map(byte => byte ^ 0xa5);
    const opened = Buffer.from(text).toString('utf8');
    if (!opened.startsWith('sealed:')) throw new Error('not sealed here');
    return opened.slice('sealed:'.length);
  },
};

/** A desktop without a keyring. */
export const lockedSealer: Sealer = {
  kind: 'safe-storage',
  refuses: async () => 'basic-text',
  seal: async () => {
    throw new Error('basic text');
  },
  open: async () => {
    throw new Error('basic text');
  },
};
