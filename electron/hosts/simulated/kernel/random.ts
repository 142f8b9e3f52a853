import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Machine } from '../machine.ts';

const HEX_OF_A_WORD = 8;
const WARM_UP = 32;

/** A seeded source of ids: one seed, one sequence. Not for secrets. */
export function createRandom(seed: number): Machine['random'] {
  const generator = xoroshiro128plus(seed);
  // The first words still look like the seed.
  for (let skipped = 0; skipped < WARM_UP; skipped += 1) generator.next();
  const word = (): string => (generator.next() >>> 0).toString(16).padStart(HEX_OF_A_WORD, '0');
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += word();
    return text.slice(0, digits);
  };
  return {
    hex,
    guid() {
      const text = hex(32);
      // Version 4, variant 1, as UuidCreate makes them.
      const variant = '89ab'.charAt(Number.parseInt(text.charAt(16), 16) & 3);
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
    },
    integer(below) {
      return Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * below);
    },
  };
}
