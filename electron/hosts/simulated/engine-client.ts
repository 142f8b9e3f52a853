import { Agent, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { FaultError } from '../../../shared/contract/fault.ts';

/** The few calls to the Docker Engine API with which a scenario is played: JSON in, JSON out, no streams. */
export interface EngineClient {
  /** The answer's body; undefined when it is empty. An answer of 400 or more is the fault `engine-refused`. */
  post(path: string, body?: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
  close(): void;
}

/** A client over connections of its own; `dial` answers the client's end of a new one. */
export function engineClient(dial: () => Duplex): EngineClient {
  class DiallingAgent extends Agent {
    override createConnection(): Duplex {
      return dial();
    }
  }
  const agent = new DiallingAgent({ keepAlive: true, maxSockets: 1 });
  const call = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const asked = request({ agent, method, path, headers: headersFor(text) }, answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const said = Buffer.concat(chunks).toString('utf8');
          const status = answer.statusCode ?? 0;
          if (status >= 400) reject(refusal(`${method} ${path}`, status, said));
          else resolve(said === '' ? undefined : JSON.parse(said));
        });
      });
      asked.on('error', reject);
      asked.end(text);
    });
  return {
    post: (path, body) => call('POST', path, body),
    get: path => call('GET', path),
    close: () => agent.destroy(),
  };
}

function headersFor(body: Buffer | undefined): Record<string, string | number> {
  return body === undefined
    ? { host: 'engine', 'content-length': 0 }
    : { host: 'engine', 'content-type': 'application/json', 'content-length': body.length };
}

function refusal(operation: string, statusCode: number, said: string): FaultError {
  return new FaultError({ code: 'engine-refused', operation, statusCode, raw: said.trim() });
}
