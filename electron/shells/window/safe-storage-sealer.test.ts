import { describe, expect, it } from 'vitest';
import type { NoSeal } from '../../../shared/domain/secret-store.ts';
import { type SafeStorage, safeStorageSealer } from './safe-storage-sealer.ts';

const storage = (wish: Partial<SafeStorage> = {}): SafeStorage => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: text => Buffer.from(`v11${[...Buffer.from(text)].map(byte => byte ^ 7).join(' ')}`),
  decryptString: sealed =>
    Buffer.from(
      sealed
        .toString()
        .slice(3)
        .split(' ')
        .map(part => Number(part) ^ 7),
    ).toString(),
  ...wish,
});

describe("the desktop's safe storage", () => {
  it('opens what it sealed, whatever is in it', async () => {
    const sealer = safeStorageSealer(storage(), 'linux');
    const sealed = await sealer.seal('pässword\n😀');
    expect(sealed).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(await sealer.open(sealed)).toBe('pässword\n😀');
  });

  it.each<[string, Partial<SafeStorage>, NoSeal | undefined]>([
    ['linux', {}, undefined],
    ['linux', { getSelectedStorageBackend: () => 'basic_text' }, 'basic-text'],
    ['linux', { getSelectedStorageBackend: () => 'unknown' }, 'no-encryption'],
    ['linux', { isEncryptionAvailable: () => false }, 'no-encryption'],
    ['darwin', { getSelectedStorageBackend: () => 'basic_text' }, undefined],
    ['win32', {}, undefined],
    ['win32', { isEncryptionAvailable: () => false }, 'no-encryption'],
  ])('on %s with %o is refused: %s', async (platform, wish, because) => {
    expect(await safeStorageSealer(storage(wish), platform).refuses()).toBe(because);
  });
});
