import { describe, expect, it } from 'vitest';
import { loadDataProtection } from '../../electron/hosts/this-machine/nt/data-protection.ts';
import { machineSealers } from '../../electron/shells/serving/dpapi-sealer.ts';

describe('what Windows seals for this user', () => {
  it.each(['hunter2', 'pässword 😀', 'a line\nand another\n', 'k'.repeat(60_000)])('opens again: %#', async text => {
    const [sealer] = machineSealers(process.platform);
    expect(await sealer?.refuses()).toBeUndefined();
    const sealed = (await sealer?.seal(text)) ?? '';
    expect(Buffer.from(sealed, 'base64').includes(text)).toBe(false);
    expect(await sealer?.open(sealed)).toBe(text);
  });

  // Wine checks the length fields of what it opens less well than Windows: only the sealed part is damaged here.
  it('is another each time, and opens no more once a byte of it was changed', async () => {
    const calls = await loadDataProtection();
    const [one, other] = [calls.protect(Buffer.from('same')), calls.protect(Buffer.from('same'))];
    expect(one.equals(other)).toBe(false);
    const damaged = Buffer.from(one);
    damaged.writeUInt8((damaged.at(-1) ?? 0) ^ 0xff, damaged.length - 1);
    expect(() => calls.unprotect(damaged)).toThrow(/Win32 error \d+/);
  });
});
