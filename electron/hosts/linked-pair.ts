import { type Duplex, duplexPair } from 'node:stream';

/** What http.Agent asks of an idle connection and only sockets have. In memory there is nothing to do for it. */
const nothing = (): void => undefined;
const socketManners = { ref: nothing, unref: nothing, setKeepAlive: nothing, setTimeout: nothing };

/**
 * Two ends of one connection in memory. Unlike a bare duplexPair, an end that is destroyed takes the other along, as a
 * cut connection does; an end that is ended lets the other read to its end first.
 */
export function linkedPair(): readonly [near: Duplex, far: Duplex] {
  const [near, far] = duplexPair();
  near.once('close', () => far.destroy());
  far.once('close', () => near.destroy());
  return [Object.assign(near, socketManners), Object.assign(far, socketManners)];
}
