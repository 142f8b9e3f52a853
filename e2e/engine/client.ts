import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';

/** dockerode over connections we make ourselves: `DOCKER_HOST` of the developer never leaks in. */
export function dockerOver(dial: () => Duplex): { readonly docker: Docker; readonly close: () => void } {
  class DiallingAgent extends Agent {
    override createConnection(): Duplex {
      return dial();
    }
  }
  const agent = new DiallingAgent();
  const options = { protocol: 'http', host: 'engine', port: 80, agent } as const;
  return { docker: new Docker(options), close: () => agent.destroy() };
}
