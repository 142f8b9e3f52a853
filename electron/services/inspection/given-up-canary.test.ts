import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { servicesOn } from '../testing/services-on.ts';
import { GOOD_HOST, type SimulatedServices } from '../testing/simulated-services.ts';

const hostFileSystems = [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m H: -u \\on\\host' }];

describe('a canary whose write is given up', () => {
  type Run = SimulatedServices['host']['run'];
  type Verb = 'echo' | 'del';

  /** A volume on the host, with something else in place of a verb of cmd.exe; `real` does what was asked. */
  const withVerbs = async (verbs: Partial<Record<Verb, (real: () => ReturnType<Run>) => ReturnType<Run>>>) => {
    const services = await servicesOn({ ...GOOD_HOST, winfsp: { fsd: 'running' }, hostFileSystems });
    const { host } = services;
    const run = host.run.bind(host);
    host.run = (argv, options) => {
      const verb = argv[3];
      const instead = verb === 'echo' || verb === 'del' ? verbs[verb] : undefined;
      // A program that was given up knows nothing of the caller's signal.
      return instead === undefined ? run(argv, options) : instead(() => run(argv));
    };
    return services;
  };
  const tokens = async ({ host: { machine } }: SimulatedServices): Promise<string[]> => {
    const names = await machine.win32(machine.subjects.system).list('\\\\on\\host');
    return names.map(({ name }) => name).filter(name => name.includes('canary'));
  };
  const timedOut = new FaultError({ code: 'timed-out', what: 'cmd.exe', afterMs: 5_000 });
  const cancelled = new FaultError({ code: 'cancelled' });
  const refused = async (real: () => ReturnType<Run>) => ({
    ...(await real()),
    stderr: 'Access is denied.\r\n',
  });

  it.each(['before', 'after'])('keeps no token behind when it is cancelled %s it came to pass', async when => {
    const stop = new AbortController();
    let late: (() => Promise<unknown>) | undefined;
    let written = 0;
    const host = await withVerbs({
      echo: async real => {
        const write = async (): Promise<void> => {
          await real();
          written = (await tokens(host)).length;
        };
        if (when === 'after') await write();
        else late = write;
        stop.abort();
        throw cancelled;
      },
      del: async real => {
        const answer = await real();
        await late?.();
        late = undefined;
        return answer;
      },
    });
    expect(await host.fault('inspection.take', { canary: true }, stop.signal)).toMatchObject({ code: 'cancelled' });
    expect(written).toBe(1);
    expect(await tokens(host)).toEqual([]);
  });

  it('keeps no token behind when it timed out and came to pass', async () => {
    const host = await withVerbs({
      echo: async real => {
        await real();
        throw timedOut;
      },
    });
    const { gaps } = await host.call('inspection.take', { canary: true });
    expect(gaps.map(({ reason }) => reason)).toEqual(['could not be written: timed-out']);
    expect(await tokens(host)).toEqual([]);
  });

  it.each([
    ['written', undefined, [/^siloscope-[0-9a-f]{12}\.canary could not be deleted: Access is denied\.$/]],
    [
      'perhaps written',
      timedOut,
      [
        /^could not be written: timed-out$/,
        /^siloscope-[0-9a-f]{12}\.canary may have been left behind: Access is denied\.$/,
      ],
    ],
  ])('tells of a token that was %s and could not be deleted', async (_, failure, reasons) => {
    const host = await withVerbs({
      echo: async real => {
        const answer = await real();
        if (failure !== undefined) throw failure;
        return answer;
      },
      del: refused,
    });
    const { gaps } = await host.call('inspection.take', { canary: true });
    expect(gaps.map(({ reason }) => reason)).toEqual(reasons.map(reason => expect.stringMatching(reason)));
  });
});
