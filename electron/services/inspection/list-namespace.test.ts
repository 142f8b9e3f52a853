import { describe, expect, it } from 'vitest';
import { servicesOn } from '../testing/services-on.ts';
import { scenarioNamed } from '../testing/simulated-services.ts';

describe('the object namespace of a silo', () => {
  it('shows link targets, and its links are not walked through', async () => {
    const host = await servicesOn(await scenarioNamed('winfsp-container-support'));
    const { entries } = await host.call('namespace.list', { path: '\\Device', in: 'memfs-network' });
    expect(entries.find(({ name }) => name === 'Mup')).toMatchObject({
      name: 'Mup',
      type: 'SymbolicLink',
      target: '\\Device\\Mup',
    });
    expect(await host.fault('namespace.list', { path: '\\Device\\Mup', in: 'memfs-network' })).toMatchObject({
      code: 'invalid-input',
    });
    expect(await host.fault('namespace.list', { path: '\\', in: 'nobody' })).toMatchObject({
      code: 'not-found',
      name: 'nobody',
    });
    expect(await host.fault('namespace.list', { path: '\\Nowhere' })).toMatchObject({
      code: 'not-found',
      what: 'object',
    });
  });
});
