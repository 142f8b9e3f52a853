import type { ContainerCreateOptions } from 'dockerode';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { GOOD_HOST, openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { type Recipe, readRecipe } from './read-recipe.ts';

let open: SimulatedServices;
let connection: EngineConnection;
afterEach(async () => {
  connection.dispose();
  await open.dispose();
});

/** The recipe of a container that was made with these settings. */
async function recipeOf(settings: ContainerCreateOptions): Promise<Recipe> {
  open = await openSimulatedServices(GOOD_HOST);
  connection = createEngineConnection(open.host, systemClock, 'the pipe');
  const made = { name: 'one', Image: SERVERCORE, Cmd: ['ping.exe', '-t', 'localhost'], ...settings };
  await connection.order('create container', docker => docker.createContainer(made));
  return readRecipe(connection, 'one', []);
}

describe('a recipe', () => {
  it('has what a launch takes', async () => {
    const made = {
      Env: ['A=b=c'],
      Labels: { team: 'x' },
      HostConfig: { Binds: ['C:\\Program Files (x86)\\WinFsp:C:\\my-winfsp\\fsp:ro'] },
    };
    expect(await recipeOf(made)).toMatchObject({
      name: 'one',
      image: SERVERCORE,
      argv: ['ping.exe', '-t', 'localhost'],
      environment: { A: 'b=c' },
      binds: ['C:\\Program Files (x86)\\WinFsp:C:\\my-winfsp\\fsp:ro'],
      labels: { team: 'x' },
    });
  });

  it.each<[what: string, settings: ContainerCreateOptions]>([
    ['mounts', { HostConfig: { Mounts: [{ Type: 'volume', Source: 'data', Target: 'C:\\data' }] } }],
    ['published ports', { HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } } }],
    ['a restart policy', { HostConfig: { RestartPolicy: { Name: 'always' } } }],
    ['a network of its own', { HostConfig: { NetworkMode: 'none' } }],
    ['resource limits', { HostConfig: { Memory: 1_073_741_824 } }],
    ['a user', { User: 'ContainerUser' }],
    ['a working directory', { WorkingDir: 'C:\\work' }],
    ['a host name', { Hostname: 'files' }],
    ['a terminal', { Tty: true }],
  ])('with %s is refused, which a relaunch would drop', async (what, settings) => {
    await expect(recipeOf(settings)).rejects.toMatchObject({
      fault: { code: 'invalid-input', issues: [{ path: 'fix', message: expect.stringContaining(what) }] },
    });
  });
});
