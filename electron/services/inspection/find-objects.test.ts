import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchProgress } from '../../../shared/domain/object-entry.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

let open: SimulatedServices;
beforeAll(async () => {
  open = await openSimulatedServices(await scenarioNamed('winfsp-container-support'));
});
afterAll(() => open.dispose());

describe('who exposes a name', () => {
  it('is told for the host and every silo, with where links lead', async () => {
    const told: SearchProgress[] = [];
    const { found, namespaces, capped } = await open.call(
      'namespace.find',
      { name: 'mup', under: '\\Device' },
      { onProgress: progress => told.push(progress) },
    );
    expect(found.map(({ label, type, leads }) => [label, type, leads?.root])).toEqual([
      ['host', 'Device', undefined],
      ['memfs-disk', 'SymbolicLink', 'host'],
      ['memfs-network', 'SymbolicLink', 'host'],
    ]);
    expect({ namespaces, capped }).toEqual({ namespaces: 3, capped: false });
    expect(told.at(-1)).toMatchObject({ namespaces: 3, of: 3, found: 3 });
  });

  it('is told for one container, and stops at its bound', async () => {
    const { found, capped } = await open.call('namespace.find', { name: '*', in: 'memfs-disk', most: 5 });
    expect([found.length, capped, new Set(found.map(({ label }) => label))]).toEqual([
      5,
      true,
      new Set(['memfs-disk']),
    ]);
  });

  it('does not walk silos twice', async () => {
    const { found } = await open.call('namespace.find', { name: 'Volume{*' });
    expect(found.map(({ label, directory }) => [label, directory])).toEqual([
      ['memfs-disk', '\\Device'],
      ['memfs-network', '\\Device'],
    ]);
  });

  it('can be called off', async () => {
    const off = AbortSignal.abort(new DOMException('enough', 'AbortError'));
    expect(await open.fault('namespace.find', { name: '*' }, off)).toMatchObject({ code: 'cancelled' });
  });

  it.each([
    [{ name: 'x', under: 'Device' }, 'invalid-input'],
    [{ name: 'x', in: 'nobody' }, 'not-found'],
  ])('is asked wrongly: %j', async (asked, code) => {
    expect(await open.fault('namespace.find', asked)).toMatchObject({ code });
  });
});

describe('a directory at an earlier moment', () => {
  it('is listed as it was', async () => {
    const before = await open.call('namespace.list', { path: '\\Device', in: 'memfs-network' });
    await open.call('filesystem.stop', { name: 'memfs-disk' });
    const names = before.entries.filter(({ name }) => name.startsWith('Volume')).length;
    expect(names).toBe(1);
    expect(await open.call('namespace.list', { path: '\\Device', in: 'memfs-network', at: before.takenAt })).toEqual(
      before,
    );
    expect(await open.fault('namespace.list', { path: '\\Device', at: before.takenAt })).toMatchObject({
      code: 'not-found',
      what: 'earlier listing',
    });
  });

  it('is listed of a container that is gone since, by its name', async () => {
    await open.call('filesystem.launch', { profile: 'memfs-disk', name: 'brief' });
    const before = await open.call('namespace.list', { path: '\\Device', in: 'brief' });
    await open.call('filesystem.stop', { name: 'brief' });
    expect(await open.fault('namespace.list', { path: '\\Device', in: 'brief' })).toMatchObject({ code: 'not-found' });
    const past = { path: '\\Device', in: 'brief', at: before.takenAt };
    expect(await open.call('namespace.list', past)).toEqual(before);
    expect(await open.fault('namespace.list', { ...past, in: 'nobody' })).toMatchObject({
      what: 'container with a namespace',
    });
  });
});
