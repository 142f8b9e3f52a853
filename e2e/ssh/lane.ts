import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteHost, type RemoteHost, type RemoteHostOptions } from '../../electron/hosts/remote/remote-host.ts';
import type { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { createSimulatedHost, type SimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';
import { TEST_FILES, TEST_PROGRAMS } from '../../electron/hosts/simulated/testing/test-programs.ts';
import { type FarMachine, serveFarMachine } from './far-machine.ts';
import { farFiles, farPrograms } from './far-programs.ts';
import { type Sshd, startSshd } from './sshd.ts';

/** A real sshd with a simulated Windows behind it. */
export interface Lane {
  readonly sshd: Sshd;
  readonly simulated: SimulatedHost;
  readonly machine: FarMachine;
  readonly knownHostsFile: string;
  connect(options?: Partial<RemoteHostOptions>): Promise<RemoteHost>;
  /** Lays the key and the known host out as a user has them, under the lane's own home; answers that folder. */
  userHome(): Promise<string>;
  dispose(): Promise<void>;
}

export async function openLane(scenario: Scenario, { docker = true } = {}): Promise<Lane> {
  const sshd = await startSshd();
  const simulated: SimulatedHost = await createSimulatedHost({
    programs: new Map([...TEST_PROGRAMS, ...farPrograms(() => simulated.dialEngine())]),
    scenario: { ...scenario, hostFiles: { ...TEST_FILES, ...farFiles({ docker }), ...scenario.hostFiles } },
  });
  const machine = await serveFarMachine(simulated, sshd.socketPath);
  const knownHostsFile = join(sshd.home, 'known_hosts');
  await writeFile(knownHostsFile, `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
  return {
    sshd,
    simulated,
    machine,
    knownHostsFile,
    connect: (options = {}) =>
      createRemoteHost({
        target: { user: sshd.user, host: '127.0.0.1', port: sshd.port, id: sshd.url },
        keyFiles: [sshd.keyFile],
        knownHostsFile,
        ...options,
      }),
    async userHome() {
      const folder = join(sshd.home, '.ssh');
      await mkdir(folder, { recursive: true });
      await copyFile(sshd.keyFile, join(folder, 'id_ed25519'));
      await copyFile(knownHostsFile, join(folder, 'known_hosts'));
      return sshd.home;
    },
    async dispose() {
      await machine.close();
      await sshd.dispose();
      await simulated.dispose();
    },
  };
}
