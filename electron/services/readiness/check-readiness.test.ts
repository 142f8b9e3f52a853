import { afterEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { unreachableFault } from '../../hosts/this-machine/engine/judge-unreachable.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

describe('readiness where docker would speak TLS to the engine', () => {
  const endpoint = { endpoint: 'tcp://127.0.0.1:2376', source: 'DOCKER_HOST', tls: 'DOCKER_TLS_VERIFY' } as const;

  it.each([
    ['and an engine listens on a pipe', ['docker_engine'], /listens|docker_engine/],
    ['and nobody else listens', [], /TLS/],
  ])('says that nobody was asked, and how to be: %s', async (_, pipes, cause) => {
    const fault = unreachableFault({ endpoint, errno: 'TLS', raw: 'TLS', pipes, services: [] });
    open = await openSimulatedServices(GOOD_HOST, {
      wrap: host => {
        host.dialEngine = () => Promise.reject(new FaultError(fault));
        return host;
      },
    });
    const { ready, checks } = await open.call('readiness.check', {});
    const reachable = checks.find(({ code }) => code === 'engine-reachable');
    expect(ready).toBe(false);
    expect(reachable).toMatchObject({
      state: 'failed',
      found: expect.stringMatching(/^The Docker Engine was not asked: /),
      fix: expect.stringContaining('DOCKER_HOST=npipe:////./pipe/docker_engine'),
    });
    expect(reachable?.found).toMatch(cause);
    // Nothing is to be started: the engine may well run.
    expect(reachable?.command).toBeUndefined();
    expect(await open.fault('image.list', {})).toMatchObject({ code: 'engine-unreachable', because: 'tls' });
  });
});
