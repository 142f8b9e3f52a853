/** Names of this machine that nobody else can call it by. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * What to be warned of where a simulated engine listens beyond this machine: like a bare Docker engine over TCP it asks
 * nobody who they are. Undefined for the loopback, for sockets and pipes.
 */
export function wordOpenEndpoint(endpoint: string): string | undefined {
  const host = /^tcp:\/\/(.+):\d+$/i.exec(endpoint)?.[1];
  if (host === undefined || LOOPBACK.test(host)) return undefined;
  return `Anybody who reaches ${endpoint} over the network can do what you can with this simulated engine: it asks for no password and encrypts nothing. Nothing real can be reached through it, yet listen on tcp://127.0.0.1 unless others are meant to come in.`;
}
