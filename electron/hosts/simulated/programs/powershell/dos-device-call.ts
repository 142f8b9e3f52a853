import type { ProgramContext } from '../../machine.ts';
import { dosDeviceTarget } from '../base/look-ups.ts';

/** The flags of DefineDosDevice for: take away the definition that leads exactly there. */
const REMOVE_EXACTLY = 7;

/**
 * The one call into kernel32 that is understood: `DefineDosDeviceW(7, 'X:', target)` of a type that the same script
 * adds, the target in quotes or as UTF-16 in base64. Answers what the call returned; undefined for any other script.
 */
export function dosDeviceCall(context: ProgramContext, script: string): boolean | undefined {
  const asked =
    /\bAdd-Type\b.*\bDefineDosDeviceW\((\d+), '([A-Za-z]:)', (?:'([^']*)'|\[Text\.Encoding\]::Unicode\.GetString\(\[Convert\]::FromBase64String\('([^']*)'\)\))\)/s.exec(
      script,
    );
  if (asked === null) return undefined;
  const [, flags, name = '', quoted, encoded = ''] = asked;
  const target = quoted ?? Buffer.from(encoded, 'base64').toString('utf16le');
  if (Number(flags) !== REMOVE_EXACTLY) return false;
  if (dosDeviceTarget(context.win32, name.toUpperCase())?.toLowerCase() !== target.toLowerCase()) return false;
  context.win32.removeDosDevice(name.toUpperCase());
  return true;
}
