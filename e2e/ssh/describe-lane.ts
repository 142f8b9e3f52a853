import { describeNeeding } from '../fixtures/needing.ts';
import { obstacle } from './sshd.ts';

const because = obstacle();

/** Describes what needs a real sshd; where there is none, says so, and fails when SILOSCOPE_REQUIRE names sshd. */
export function describeLane(name: string, suite: () => void): void {
  describeNeeding('sshd', because, `over SSH: ${name}`, suite);
}
