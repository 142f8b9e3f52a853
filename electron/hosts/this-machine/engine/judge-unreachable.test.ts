import { describe, expect, it } from 'vitest';
import type { EngineEndpoint } from './engine-endpoint.ts';
import { type FailedDial, unreachableFault } from './judge-unreachable.ts';

const usual: EngineEndpoint = {
  endpoint: 'npipe:////./pipe/docker_engine',
  source: 'default',
  context: 'default',
};
const desktop: EngineEndpoint = {
  endpoint: 'npipe:////./pipe/dockerDesktopWindowsEngine',
  source: 'config.json',
  context: 'desktop-windows',
};
const gone: EngineEndpoint = { endpoint: '', source: 'DOCKER_CONTEXT', context: 'gone', missing: true };

const dial = (endpoint: EngineEndpoint, known: Partial<FailedDial> = {}): FailedDial => ({
  endpoint,
  errno: 'ENOENT',
  raw: 'connect ENOENT',
  pipes: [],
  services: [],
  ...known,
});

const running = [{ name: 'docker', running: true }];
const stopped = [{ name: 'docker', running: false }];

describe('an engine out of reach', () => {
  it('refuses a user without rights, which is told as such', () => {
    expect(unreachableFault(dial(usual, { errno: 'EPERM', services: running }))).toEqual({
      code: 'access-denied',
      what: usual.endpoint,
      raw: 'connect ENOENT',
    });
  });

  it.each([
    ['its service is stopped', dial(usual, { services: stopped }), 'the service docker is stopped'],
    ['it was never installed', dial(usual), 'no Docker service is installed on this machine'],
    [
      'its service runs and does not listen there',
      dial(usual, { services: running }),
      "Docker's service runs, but nobody listens at npipe:////./pipe/docker_engine (docker's default)",
    ],
    [
      'Docker Desktop is in Linux mode',
      dial(usual, { services: running, pipes: ['dockerDesktopLinuxEngine'] }),
      'Docker Desktop runs Linux containers: switch it to Windows containers',
    ],
    [
      'the context points at another pipe than the one that listens',
      dial(desktop, { services: running, pipes: ['DOCKER_ENGINE', 'dockerDesktopLinuxEngine'] }),
      'npipe:////./pipe/dockerDesktopWindowsEngine (context desktop-windows, from config.json) is not an engine of this machine that answers; on this machine the engine listens at npipe:////./pipe/DOCKER_ENGINE',
    ],
    [
      'the context is not stored',
      dial(gone, { errno: 'ELSEWHERE' }),
      'the docker context gone (from DOCKER_CONTEXT), of which nothing is stored, is not an engine of this machine that answers',
    ],
    [
      'the context is of another machine',
      dial({ endpoint: 'ssh://me@box', source: 'DOCKER_HOST' }, { errno: 'ELSEWHERE', services: running }),
      'ssh://me@box (from DOCKER_HOST) is not an engine of this machine that answers',
    ],
    [
      'the context points at a pipe of which nothing is known',
      dial(desktop),
      'npipe:////./pipe/dockerDesktopWindowsEngine (context desktop-windows, from config.json) is not an engine of this machine that answers',
    ],
    [
      'docker would speak TLS there, because a variable says so',
      dial({ endpoint: 'tcp://127.0.0.1:2376', source: 'DOCKER_HOST', tls: 'DOCKER_TLS_VERIFY' }, { errno: 'TLS' }),
      'tcp://127.0.0.1:2376 (from DOCKER_HOST) is to be spoken to in TLS (DOCKER_TLS_VERIFY is set), which Siloscope does not speak; nothing was sent to it',
    ],
    [
      'docker would speak TLS there, because the context has it, while a pipe is open',
      dial(
        { endpoint: 'tcp://127.0.0.1:2376', source: 'config.json', context: 'box', tls: 'context' },
        { errno: 'TLS', pipes: ['docker_engine'] },
      ),
      'tcp://127.0.0.1:2376 (context box, from config.json) is to be spoken to in TLS (the context has it), which Siloscope does not speak; nothing was sent to it; on this machine the engine listens at npipe:////./pipe/docker_engine',
    ],
  ])('says that %s', (_why, failed, cause) => {
    expect(unreachableFault(failed)).toMatchObject({ code: 'engine-unreachable', cause, raw: 'connect ENOENT' });
  });
});
