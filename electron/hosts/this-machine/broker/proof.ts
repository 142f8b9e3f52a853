import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ElevationPurpose } from '../../../../shared/domain/elevation.ts';

export const SECRET_BYTES = 32;

/** 256 bits as hexadecimal digits: nonces, proofs and seals. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);

export type Role = 'asker' | 'broker';

/** What both sides know once they have greeted: all of it goes into each proof, so that none fits another greeting. */
export interface Greeting {
  readonly secret: Uint8Array;
  readonly purpose: ElevationPurpose;
  readonly askerNonce: string;
  readonly brokerNonce: string;
}

/** HMAC-SHA-256 by which a side shows that it holds the secret, without showing the secret. */
export function proofOf({ secret, purpose, askerNonce, brokerNonce }: Greeting, role: Role): string {
  return digest(secret, `siloscope broker 1 ${role} ${purpose} ${askerNonce} ${brokerNonce}`);
}

/** Seals what one side says in one greeting: each message is bound to its side and its place in the order. */
export function sealOf(greeting: Greeting, role: Role, sequence: number, body: string): string {
  const key = Buffer.from(digest(greeting.secret, `key ${proofOf(greeting, 'asker')} ${proofOf(greeting, 'broker')}`));
  return digest(key, `${role} ${sequence} ${body}`);
}

/** Compares without telling by its time where the first difference is. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const digest = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('hex');
