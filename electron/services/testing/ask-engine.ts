import type Docker from 'dockerode';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Host } from '../../hosts/host.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';

/** Asks the host's engine as anybody could, by a connection of its own. */
export async function askEngineOf<T>(host: Host, act: (docker: Docker) => Promise<T>): Promise<T> {
  const connection = createEngineConnection(host, systemClock, 'the pipe');
  try {
    return await connection.ask('test', act);
  } finally {
    connection.dispose();
  }
}
