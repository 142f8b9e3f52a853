import { afterEach, describe, expect, it } from 'vitest';
import type { FixKind } from '../../../shared/domain/fix.ts';
import type { Finding, FindingCode, Inspection } from '../../../shared/domain/inspection.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices;
afterEach(async () => {
  // Whatever was fixed, no name that nobody claimed was ever asked for.
  expect(open.host.networkLog()).toEqual([]);
  await open.dispose();
});

const memfs = (name: string, prefix: string) => ({
  name,
  image: SERVERCORE,
  fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u ${prefix}`, files: {} }],
});

const host = (containers: ScenarioInput['containers'] & {}, more: ScenarioInput = {}): ScenarioInput => ({
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers,
  ...more,
});

const look = (): Promise<Inspection> => open.call('inspection.take', {});

async function found(code: FindingCode): Promise<Finding> {
  const { findings } = await look();
  const finding = findings.find(one => one.code === code);
  if (finding === undefined) throw new Error(`${code} was not found: ${findings.map(one => one.id).join()}`);
  return finding;
}

async function fix(code: FindingCode, kind: FixKind, more: object = {}) {
  const { id = '', fixes = [] } = await found(code);
  const chosen = fixes.find(one => one.kind === kind);
  const accept = chosen?.relaunches.flatMap(({ device }) => device ?? []) ?? [];
  return open.call('finding.fix', { finding: id, fix: kind, accept, ...more });
}

describe('a finding', () => {
  it('of a leak is ended by a relaunch as a disk, under the same name and letter', async () => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share')]));
    const done = await fix('unc-leak', 'relaunch-as-disk');
    expect(done).toMatchObject({ gone: true, launched: ['one'], lost: [{ uncPrefix: '\\memfs\\share' }] });
    const { volumes, namespaces, findings } = await look();
    expect(volumes).toMatchObject([{ kind: 'disk', verdict: 'private', mountPoints: ['Y:'] }]);
    expect(namespaces.map(({ label }) => label)).toEqual(['host', 'one']);
    expect(findings.map(({ code }) => code)).toEqual([]);
  });

  it('of a collision is ended by names that nobody has', async () => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share'), memfs('two', '\\memfs\\share')]));
    const { id, fixes = [] } = await found('prefix-collision');
    expect(id).toBe('prefix-collision:memfs/share');
    const rename = fixes.find(({ kind }) => kind === 'rename');
    expect(rename?.relaunches).toMatchObject([{ container: 'two', uncPrefix: '\\memfs-2\\share' }]);
    expect(await fix('prefix-collision', 'rename')).toMatchObject({ gone: true, launched: ['two'] });
    const { volumes } = await look();
    expect(new Set(volumes.map(({ uncPrefix }) => uncPrefix))).toEqual(new Set(['\\memfs-2\\share', '\\memfs\\share']));
  });

  it('is accepted with a reason until a day, in the policy, and marked until then', async () => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share')]));
    const done = await fix('unc-leak', 'accept', { reason: 'meant to be shared', until: '2099-01-01' });
    expect(done).toMatchObject({ gone: false, lost: [], acceptance: { code: 'unc-leak', container: 'one' } });
    expect(await found('unc-leak')).toMatchObject({ accepted: { reason: 'meant to be shared', until: '2099-01-01' } });
    const { policy } = await open.call('policy.read', {});
    expect(policy.acceptances).toMatchObject([{ uncPrefix: '\\memfs\\share', reason: 'meant to be shared' }]);
  });

  it('that was accepted until yesterday counts again', async () => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share')]));
    await fix('unc-leak', 'accept', { reason: 'for a day', until: '2001-01-01' });
    expect((await found('unc-leak')).accepted).toBeUndefined();
  });

  it('of a dead drive letter on the host is ended by taking that letter away', async () => {
    open = await openSimulatedServices(
      host([], {
        ghosts: [{ mountPoint: 'X:', target: '\\Device\\Volume{00000000-0000-4000-8000-000000000001}\\old\\x' }],
      }),
    );
    const { fixes = [] } = await found('ghost-mount-point');
    const clear = fixes.find(({ kind }) => kind === 'clear-mount-point');
    expect(clear?.mountPoint).toMatchObject({ namespace: 'host', mountPoint: 'X:' });
    expect(await fix('ghost-mount-point', 'clear-mount-point')).toMatchObject({ gone: true });
  });

  it('of a stopped driver is ended by starting it', async () => {
    open = await openSimulatedServices(host([], { winfsp: { fsd: 'stopped' } }));
    expect(await fix('fsd-stopped', 'start-fsd')).toMatchObject({ gone: true });
  });

  it('costs no volume that was not named', async () => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share')]));
    const { id = '' } = await found('unc-leak');
    const refused = await open.fault('finding.fix', { finding: id, fix: 'relaunch-as-disk', accept: [] });
    expect(refused).toMatchObject({ code: 'invalid-input', issues: [{ path: 'accept' }] });
    expect((await look()).volumes).toMatchObject([{ uncPrefix: '\\memfs\\share' }]);
  });

  it.each([
    [{ finding: 'unc-leak:nothing', fix: 'accept' }, 'finding'],
    [{ finding: 'unc-leak', fix: 'start-fsd' }, expect.stringContaining('fix of unc-leak')],
  ] as const)('or a fix that is not there is refused, with those that are: %o', async (asked, what) => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share')]));
    expect(await open.fault('finding.fix', asked)).toMatchObject({ code: 'not-found', what });
  });

  it('of a program that leaks by default is ended by the switch that makes it a disk', async () => {
    const juicefs = {
      name: 'juice',
      image: SERVERCORE,
      environment: { PATH: 'C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\System32' },
      fileSystems: [{ commandLine: 'C:\\juicefs\\juicefs.exe mount --alias data sqlite3://meta.db Y:' }],
    };
    const image = {
      reference: SERVERCORE,
      base: 'servercore' as const,
      osVersion: '10.0.26100.4652',
      files: { 'C:\\juicefs\\juicefs.exe': 'program:juicefs' },
    };
    open = await openSimulatedServices({ ...host([juicefs]), images: [image] });
    expect(await found('leaks-by-default')).toMatchObject({ severity: 'warning' });
    expect(await fix('leaks-by-default', 'relaunch-as-disk')).toMatchObject({ gone: true, launched: ['juice'] });
    expect((await look()).volumes).toMatchObject([{ kind: 'disk', verdict: 'private' }]);
  });
});

const juice = (name: string) => ({
  name,
  image: SERVERCORE,
  environment: { PATH: 'C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\System32' },
  fileSystems: [{ commandLine: `C:\\juicefs\\juicefs.exe mount --alias ${name} sqlite3://meta.db Y:` }],
});
const WITH_JUICEFS: ScenarioInput = {
  images: [
    {
      reference: SERVERCORE,
      base: 'servercore',
      osVersion: '10.0.26100.4652',
      files: { 'C:\\juicefs\\juicefs.exe': 'program:juicefs' },
    },
  ],
};

/** Acts beside a guard that refuses whatever anybody else would see. */
async function guarded(act: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  open.services.start(() => undefined);
  let ended: Promise<unknown> | undefined;
  await new Promise<void>(resolve => {
    ended = open.call(
      'policy.watch',
      { mode: 'refuse', policy: { name: 'strict', rules: [] } },
      { signal: stop.signal, onProgress: ({ judgedAt }) => judgedAt !== undefined && resolve() },
    );
  });
  await act();
  stop.abort();
  await ended;
}

const idOf = async (name: string): Promise<string | undefined> => {
  const { fileSystems } = await open.call('filesystem.list', { all: true });
  return fileSystems.find(({ container, state }) => container.name === name && state === 'running')?.container.id;
};

describe('a fix that cannot be done', () => {
  it('because a guard would refuse the launch is refused with its words, and the container still runs', async () => {
    open = await openSimulatedServices(host([juice('one')], WITH_JUICEFS));
    const before = await idOf('one');
    await guarded(async () => {
      const { id = '', fixes = [] } = await found('unc-leak');
      const chosen = fixes.find(({ kind }) => kind === 'read-only');
      const accept = chosen?.relaunches.flatMap(({ device }) => device ?? []) ?? [];
      expect(await open.fault('finding.fix', { finding: id, fix: 'read-only', accept })).toMatchObject({
        code: 'launch-against-policy',
        name: 'one',
        policy: 'strict',
        summary: expect.stringContaining('one'),
      });
      expect(before).toBeDefined();
      expect(await idOf('one')).toBe(before);
      expect((await look()).volumes).toMatchObject([{ kind: 'network' }]);
    });
  });

  it('is done all the same where the guard allows what comes of it: a disk', async () => {
    open = await openSimulatedServices(host([juice('one')], WITH_JUICEFS));
    await guarded(async () => {
      expect(await fix('leaks-by-default', 'relaunch-as-disk')).toMatchObject({ gone: true, launched: ['one'] });
    });
  });

  it('for somebody gave up after the stop is undone, whatever a guard would say of it', async () => {
    open = await openSimulatedServices(host([memfs('one', '\\memfs\\share')]));
    await guarded(async () => {
      const { id = '', fixes = [] } = await found('unc-leak');
      const chosen = fixes.find(({ kind }) => kind === 'relaunch-as-disk');
      const accept = chosen?.relaunches.flatMap(({ device }) => device ?? []) ?? [];
      const abort = new AbortController();
      const notes: string[] = [];
      const asked = open.call(
        'finding.fix',
        { finding: id, fix: 'relaunch-as-disk', accept },
        {
          signal: abort.signal,
          onProgress: ({ note }) => {
            notes.push(note);
            if (note === 'its volumes are gone') abort.abort();
          },
        },
      );
      await expect(asked).rejects.toMatchObject({ fault: { code: 'cancelled' } });
      expect(notes.at(-1)).toBe('one runs as before');
      expect((await look()).volumes).toMatchObject([{ kind: 'network', uncPrefix: '\\memfs\\share' }]);
    });
  });
});
