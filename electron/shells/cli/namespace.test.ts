import { describe, expect, it } from 'vitest';
import type { FoundObject, ObjectListing } from '../../../shared/domain/object-entry.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { standIn } from './testing/stand-in-services.ts';

const AT = '2026-11-22T14:02:10.000Z';
const HOST: ObjectListing = {
  path: '\\Device',
  namespace: 'host',
  takenAt: AT,
  earlier: [],
  entries: [
    { name: 'Mup', type: 'Device' },
    { name: 'Null', type: 'Device' },
    { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.1' },
  ],
};
const SILO: ObjectListing = {
  ...HOST,
  namespace: 'silo:8',
  entries: [
    {
      name: 'Mup',
      type: 'SymbolicLink',
      target: '\\Device\\Mup',
      leads: { root: 'host', path: '\\Device\\Mup', type: 'Device' },
    },
    { name: 'Volume{1}\u202e\u0007', type: 'Device' },
    { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\Other', leads: { root: 'nowhere' } },
  ],
};
const found = (label: string, directory: string, more: Partial<FoundObject>): FoundObject => ({
  name: 'Mup',
  type: 'Device',
  namespace: label === 'host' ? 'host' : 'silo:8',
  label,
  directory,
  ...more,
});

const services = () =>
  standIn({
    'namespace.list': ({ in: container }) => (container === 'b' ? SILO : HOST),
    'namespace.find': ({ name, in: container }) => ({
      found:
        name === 'nobody'
          ? []
          : container === undefined
            ? [found('host', '\\Device', {}), found('b', '\\Device', SILO.entries[0] ?? {})]
            : [
                found('b', '\\', { name: 'Device', type: 'Directory' }),
                found('b', '\\Device', SILO.entries[0] ?? {}),
                found('b', '\\Device', { name: 'Http', type: 'Directory' }),
              ],
      unseen: [{ namespace: 'silo:12', label: 'c', directory: '\\', reason: 'access-denied' }],
      directories: 48,
      namespaces: 2,
      capped: name === '*',
    }),
  });

async function ran(...argv: string[]): Promise<{ exitCode: number; out: string }> {
  const io = captureIo({ env: { NO_COLOR: '1' }, columns: 100 });
  const exitCode = await run(['namespace', ...argv], io, services());
  return { exitCode, out: exitCode === 0 ? io.out() : io.out() + io.err() };
}

describe('siloscope namespace', () => {
  it.each([
    ['a directory', 'list', ['\\Device', '--in', 'b']],
    ['what tells two directories apart', 'diff', ['\\Device', '--in', 'b', '--diff', 'host']],
    ['that two are the same', 'diff-none', ['\\Device', '--diff', 'host']],
    ['who exposes a name', 'find', ['--find', 'mup']],
    ['that nobody does', 'find-none', ['--find', 'nobody']],
    ['all that is below a path', 'tree', ['\\', '--in', 'b', '--tree']],
  ])('prints %s', async (_, name, argv) => {
    const { exitCode, out } = await ran(...argv);
    expect(exitCode).toBe(0);
    await expect(out).toMatchFileSnapshot(`golden/namespace-${name}.txt`);
  });

  it.each([
    ['list', ['\\Device'], ['path', 'namespace', 'takenAt', 'earlier', 'entries']],
    ['diff', ['\\Device', '--diff', 'b'], ['here', 'there', 'onlyHere', 'onlyThere', 'changed', 'alike']],
    ['find', ['--find', 'mup'], ['found', 'unseen', 'directories', 'namespaces', 'capped']],
    ['tree', ['\\', '--tree'], ['path', 'namespace', 'objects', 'unseen', 'directories', 'namespaces', 'capped']],
  ])('is JSON when that is asked for: %s', async (_, argv, keys) => {
    const { out } = await ran(...argv, '--json');
    expect(Object.keys(JSON.parse(out))).toEqual(keys);
  });

  it.each([
    [[], 'a path such as'],
    [['\\Device', '--find', 'x', '--tree'], 'cannot be given with'],
    [['\\Device', '--diff', 'b', '--tree'], 'cannot be given with'],
    [['\\Device', '--at', AT], 'give --connect'],
    [['\\Device', '--at', AT, '--tree'], 'cannot be given with --tree'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, out } = await ran(...argv);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: expect.stringContaining(message) });
  });
});
