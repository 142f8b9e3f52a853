import { createDecipheriv } from 'node:crypto';

/** rclone's own key, the same in every copy of it: it hides a password from a glance, and from nobody else. Ground: rclone fs/config/obscure. */
const KEY = Buffer.from('9c935b48730a554d6bfd7c63c886a92bd390198eb8128afbf4de162b8b95f638', 'hex');
const IV_BYTES = 16;

/**
 * The password of which a text is the form that rclone keeps in its configuration (`rclone obscure`); undefined where it is
 * none. What rclone prints is the password, not that form.
 */
export function revealObscured(text: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{23,}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-ctr', KEY, bytes.subarray(0, IV_BYTES));
  const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]);
  const password = plain.toString('utf8');
  // Any text of these signs deciphers to something: chance makes no text that can be typed.
  return /[\p{Cc}\ufffd]/u.test(password) ? undefined : password;
}
