import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { ObjectNamespace } from '../../hosts/host.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import { clearMountPoint } from './clear-mount-point.ts';

const TARGET = '\\Device\\Volume{00000000-0000-4000-8000-000000000001}\\old\\x';
const GHOST = { namespace: 'host', mountPoint: 'X:', target: TARGET } as const;

let open: SimulatedServices;
afterEach(() => open.dispose());

/** A host with that ghost, of whose object namespace some answers are others. */
async function around(
  change: (list: ObjectNamespace['list']) => Partial<ObjectNamespace> = () => ({}),
  target = TARGET,
) {
  open = await openSimulatedServices({ ...GOOD_HOST, ghosts: [{ mountPoint: 'X:', target }] });
  const { objects } = open.host;
  Object.assign(objects, change(objects.list.bind(objects)));
  const connection = createEngineConnection(open.host, systemClock, 'the pipe');
  return { host: open.host, clock: systemClock, connection };
}

describe('a letter that leads nowhere', () => {
  it('is taken away, which is looked up', async () => {
    expect(await clearMountPoint(await around(), GHOST)).toEqual({ gone: true });
  });

  it.each(['\\srv$\\a&b', "\\o'neill\\; calc", '\\größe\\数据', '\\a%PATH%\\`"b'])(
    'is taken away whatever its prefix is written in: %s',
    async prefix => {
      const target = TARGET.replace('\\old\\x', prefix);
      expect(await clearMountPoint(await around(undefined, target), { ...GHOST, target })).toEqual({ gone: true });
    },
  );

  it('stays where its target has come to life meanwhile', async () => {
    const name = TARGET.split('\\')[2] ?? '';
    const surroundings = await around(list => ({
      async list(path, signal) {
        const listed = await list(path, signal);
        if (path !== '\\Device' || 'refused' in listed) return listed;
        return { entries: [...listed.entries, { name, type: 'SymbolicLink' }] };
      },
    }));
    const fault = await clearMountPoint(surroundings, GHOST).catch(faultOf);
    expect(fault).toEqual({ code: 'mount-point-in-use', mountPoint: 'X:', by: TARGET });
    expect((await open.call('inspection.take', {})).findings.map(({ code }) => code)).not.toContain(
      'ghost-mount-point',
    );
  });

  it('stays where it cannot be told whether its target lives', async () => {
    const surroundings = await around(list => ({
      list: async (path, signal) => (path === '\\Device' ? { refused: 'access-denied' } : list(path, signal)),
    }));
    expect(await clearMountPoint(surroundings, GHOST).catch(faultOf)).toMatchObject({
      code: 'access-denied',
      what: 'X:',
    });
  });

  it('is not called gone where its list is refused afterwards', async () => {
    let isRefused = false;
    const surroundings = await around(list => ({
      list: async (path, signal) =>
        isRefused && /DosDevices\\|GLOBAL|\?\?/.test(path) ? { refused: 'access-denied' } : list(path, signal),
    }));
    const { host } = surroundings;
    const run = host.run.bind(host);
    host.run = async (argv, options) => {
      const answer = await run(argv, options);
      if (argv[0] === 'powershell.exe') isRefused = true;
      return answer;
    };
    expect(await clearMountPoint(surroundings, GHOST)).toMatchObject({ gone: false, byHand: expect.any(String) });
  });

  it.each([
    ['C:\\data', TARGET],
    ['X:', '\\??\\C:\\Windows'],
    ['X:', '\\Device\\a\0b'],
    ['X:', '\\Device\\a\nb'],
  ])('%s to %s is no letter of a device', async (mountPoint, target) => {
    const fault = await clearMountPoint(await around(), { namespace: 'host', mountPoint, target }).catch(faultOf);
    expect(fault).toMatchObject({ code: 'invalid-input' });
  });
});
