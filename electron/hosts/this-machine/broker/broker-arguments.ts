import { z } from 'zod';
import { ElevationPurpose } from '../../../../shared/domain/elevation.ts';

/** The switch that makes a program of ours a broker. */
export const BROKER_SWITCH = '--broker';

/** What a broker is started with. Whoever reads its command line learns where it calls, not what it proves itself by. */
export const BrokerArguments = z.strictObject({
  purpose: ElevationPurpose,
  /** The asker's pipe, by the random part of its name. */
  pipe: z.string().regex(/^[0-9a-f]{32}$/),
  /** The file that holds the secret: hexadecimal, 64 digits. */
  secretFile: z.string().min(1).max(1_024),
  /** Who serves the pipe. */
  askerProcessId: z.int().positive(),
});
export type BrokerArguments = z.infer<typeof BrokerArguments>;

export function composeBrokerArguments({ purpose, pipe, secretFile, askerProcessId }: BrokerArguments): string[] {
  return [BROKER_SWITCH, purpose, pipe, String(askerProcessId), secretFile];
}

/**
 * Reads what stands behind `--broker`; undefined where something else stands there. What Chromium puts before it is
 * passed over; nothing may come after.
 */
export function parseBrokerArguments(argv: readonly string[]): BrokerArguments | undefined {
  const at = argv.indexOf(BROKER_SWITCH);
  const given = argv.slice(at + 1);
  if (at < 0 || given.length !== 4) return undefined;
  const [purpose, pipe, askerProcessId, secretFile] = given;
  return BrokerArguments.safeParse({ purpose, pipe, askerProcessId: Number(askerProcessId), secretFile }).data;
}

/** The asker's pipe by its full name. */
export const pipePath = (pipe: string): string => `\\\\.\\pipe\\siloscope-${pipe}`;
