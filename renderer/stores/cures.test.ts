import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import type { ReadinessCheck } from '../../shared/domain/readiness.ts';
import { connectedStores } from '../testing/lay-stores.ts';
import { fixOf } from './readiness-store.ts';

const failing = (code: ReadinessCheck['code']): ReadinessCheck => ({ code, state: 'failed', found: '' });

describe('a check that nothing on a simulated host can cure', () => {
  it.each(['engine-windows-mode', 'winfsp-installed', 'winfsp-version'] as const)(
    '%s: another host is offered there, and never on a real one',
    code => {
      expect([fixOf(failing(code), true), fixOf(failing(code), false)]).toEqual([{ kind: 'switch-host' }, undefined]);
    },
  );

  it('is not offered a driver that is not there', () => {
    const driver = failing('fsd-running');
    expect([fixOf(driver), fixOf({ ...driver, command: 'sc.exe start WinFsp' })]).toEqual([
      undefined,
      { kind: 'start-fsd' },
    ]);
  });

  it('is cured by the default host', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    const opened: unknown[] = [];
    const open = host.handlers['host.open'];
    host.handlers['host.open'] = (input, context) => {
      opened.push(input);
      return open(input, context);
    };
    await stores.readiness.fix(failing('engine-windows-mode'), true);
    expect([opened.map(input => (input as { scenario?: string }).scenario), stores.readiness.fixes.getState()]).toEqual(
      [['default'], { 'engine-windows-mode': { running: false } }],
    );
  });
});

describe('unloading the driver', () => {
  it('accepts the loss of what was shown, and nothing else', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    const accepted: object[] = [];
    host.handlers['fsd.unload'] = asked => {
      accepted.push(asked);
      return { lost: [] };
    };
    expect(await stores.readiness.unloadFsd(['\\Device\\Volume{1}'], true)).toBe(true);
    expect(accepted).toEqual([{ accept: ['\\Device\\Volume{1}'], elevate: true }]);
  });

  it('that is refused says why', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    const fault = { code: 'still-mounted', container: 'share', volumes: ['\\Device\\Volume{2}'] } as const;
    host.handlers['fsd.unload'] = () => {
      throw new FaultError({ ...fault, volumes: [...fault.volumes] });
    };
    expect([await stores.readiness.unloadFsd([], false), stores.readiness.unload.getState()]).toEqual([
      false,
      { running: false, fault },
    ]);
  });
});

describe("Docker's service, when it is stopped", () => {
  it('is started as an administrator', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    const asked: object[] = [];
    const start = host.handlers['engine.start'];
    host.handlers['engine.start'] = (input, context) => {
      asked.push(input);
      return start(input, context);
    };
    const check: ReadinessCheck = { code: 'engine-reachable', state: 'failed', found: '', elevation: 'start-engine' };
    expect(fixOf(check)).toEqual({ kind: 'start-engine' });
    await stores.readiness.fix(check);
    expect(asked).toEqual([{ elevate: true }]);
  });
});

describe('what an administrator could see', () => {
  it('is asked for by a person alone: what is looked at again by itself makes do with what is held', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    const asked: string[] = [];
    const take = host.handlers['inspection.take'];
    host.handlers['inspection.take'] = (input, context) => {
      asked.push(input.elevate);
      return take(input, context);
    };
    const list = host.handlers['namespace.list'];
    host.handlers['namespace.list'] = (input, context) => {
      asked.push(`${input.path} ${input.elevate}`);
      return list(input, context);
    };
    await stores.inspection.refresh();
    await stores.inspection.lookElevated();
    await stores.inspection.refresh();
    expect(asked).toEqual(['if-held', 'ask', 'if-held']);
    stores.namespaces.left.goElevated({ path: '\\Silos' });
    await stores.namespaces.left.refresh();
    expect(asked.slice(3)).toEqual(['\\Silos ask', '\\Silos if-held']);
  });
});

describe('a prune', () => {
  it('shows what goes and what stays before it removes anything', async () => {
    const { stores } = await connectedStores('#/readiness');
    await stores.prune.open('unused');
    const planned = stores.prune.store.getState();
    if (planned.kind !== 'planned') throw new Error(planned.kind);
    await stores.prune.run();
    const done = stores.prune.store.getState();
    expect(done.kind === 'done' && [done.images.map(({ id }) => id), done.bytes]).toEqual([
      planned.plan.remove.map(({ id }) => id),
      planned.plan.bytes,
    ]);
    stores.prune.close();
    expect(stores.prune.store.getState()).toEqual({ kind: 'closed' });
  });

  it('that fails says why, and can be closed', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    host.handlers['image.prune.plan'] = () => {
      throw new FaultError({ code: 'host-unreachable', host: 'x', reason: 'gone' });
    };
    await stores.prune.open('unused');
    expect(stores.prune.store.getState()).toEqual({
      kind: 'faulted',
      fault: { code: 'host-unreachable', host: 'x', reason: 'gone' },
    });
  });

  it('of one image tells why the engine kept it', async () => {
    const { host, stores } = await connectedStores('#/readiness');
    const fault = { code: 'engine-refused', operation: 'image.remove', statusCode: 409, raw: 'in use' } as const;
    host.handlers['image.remove'] = () => {
      throw new FaultError(fault);
    };
    await stores.prune.remove('a:b');
    expect(stores.prune.removals.getState()).toEqual({ 'a:b': { running: false, fault } });
    stores.prune.dismiss('a:b');
    expect(stores.prune.removals.getState()).toEqual({});
  });
});
