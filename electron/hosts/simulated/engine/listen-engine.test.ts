import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../../shared/contract/fault.ts';
import { listenEngine } from './listen-engine.ts';

async function codeOf(asked: Promise<unknown>): Promise<string> {
  const caught = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  return caught instanceof FaultError ? caught.fault.code : String(caught);
}

/** What comes back for one line, sent and ended. */
function exchange(to: { port: number } | { path: string }, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...to, host: '127.0.0.1' });
    let said = '';
    socket.on('data', chunk => {
      said += chunk.toString();
    });
    socket.on('end', () => resolve(said));
    socket.on('error', reject);
    socket.end(line);
  });
}

describe('an engine that listens', () => {
  it('says which port was chosen, and serves half-closed connections', async () => {
    const listening = await listenEngine('tcp://127.0.0.1:0', connection => connection.pipe(connection));
    const port = Number(/^tcp:\/\/127\.0\.0\.1:(\d+)$/.exec(listening.endpoint)?.[1]);
    expect(await exchange({ port }, 'echo')).toBe('echo');
    const taken = listenEngine(listening.endpoint, connection => connection.destroy());
    expect(await codeOf(taken)).toBe('cannot-listen');
    listening.dispose();
  });

  it('serves a Unix socket', async () => {
    const path = join(tmpdir(), `siloscope-listen-${process.pid}.sock`);
    const listening = await listenEngine(`unix://${path}`, connection => connection.pipe(connection));
    expect(listening.endpoint).toBe(`unix://${path}`);
    expect(await exchange({ path }, 'echo')).toBe('echo');
    listening.dispose();
  });

  it.each(['http://127.0.0.1:1', 'tcp://127.0.0.1', 'tcp://127.0.0.1:70000', 'unix://relative', '2375'])(
    'refuses %s',
    async endpoint => {
      expect(await codeOf(listenEngine(endpoint, connection => connection.destroy()))).toBe('invalid-input');
    },
  );
});
