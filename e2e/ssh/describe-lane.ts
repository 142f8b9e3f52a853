import { describe, expect, it } from 'vitest';
import { obstacle } from './sshd.ts';

const because = obstacle();
const required = (process.env['SILOSCOPE_REQUIRE'] ?? '').split(',').includes('sshd');

/** Describes what needs a real sshd; where there is none, says so, and fails when SILOSCOPE_REQUIRE names sshd. */
export function describeLane(name: string, suite: () => void): void {
  if (because === undefined) describe(`over SSH: ${name}`, suite);
  else {
    describe(`over SSH: ${name}`, () => {
      it.skipIf(!required)(`is tried through a real sshd (${because})`, () => {
        expect(because).toBeUndefined();
      });
    });
  }
}
