import { type Duplex, duplexPair } from 'node:stream';

/**
 * Two ends of one connection in memory. Unlike a bare duplexPair, an end that is destroyed takes the other along, as a
 * cut connection does; an end that is ended lets the other read to its end first.
 */
export function linkedPair(): readonly [near: Duplex, far: Duplex] {
  const [near, far] = duplexPair();
  near.once('close', () => far.destroy());
  far.once('close', () => near.destroy());
  return [near, far];
}
