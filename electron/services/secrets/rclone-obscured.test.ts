import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealObscured } from './rclone-obscured.ts';
import { valueMask } from './value-mask.ts';

describe('a password as rclone keeps it', () => {
  it.each([
    ['YWFhYWFhYWFhYWFhYWFhYXMaGgIlEQ', 'potato'],
    ['YmJiYmJiYmJiYmJiYmJiYp3gcEWbAw', 'potato'],
    ['YWFhYWFhYWFhYWFhYWFhYQ', undefined],
    ['correct-horse-battery', undefined],
    ['/with/other/signs/than/base64url', undefined],
  ])('%s is %s', (kept, password) => {
    expect(revealObscured(kept)).toBe(password);
  });

  it('is read without failing, whatever it is', () => {
    const sign = fc.constantFrom(...Array.from('abcXYZ019_-'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: sign, minLength: 20 })), text => {
        expect(revealObscured(text) ?? '').not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('is masked as rclone prints it, in clear', () => {
    // `rclone obscure` of "correct horse", with sixteen times "a" in front.
    const config = '[box]\ntype = sftp\npass = YWFhYWFhYWFhYWFhYWFhYWAaHBE0HYDIcfoReRk\n';
    expect(valueMask([config]).text('ssh: tried "correct horse"')).toBe('ssh: tried "********"');
  });
});
