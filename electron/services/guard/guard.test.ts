import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { InputOf } from '../../../shared/contract/operation.ts';
import type { GuardMode, GuardState } from '../../../shared/domain/guard.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import type { PolicyRule } from '../../../shared/domain/policy.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { startContainer } from '../engine/container-orders.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const WAIT = { timeout: 10_000, interval: 10 };
const leaky = (name: string, state: 'created' | 'running' = 'created') => ({
  name,
  image: SERVERCORE,
  state,
  fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -m Y: -u \\${name}\\share` }],
});
const SCENARIO: ScenarioInput = {
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers: [leaky('early', 'running'), leaky('late')],
};
/** Its engine goes away for a moment. */
const RESTARTING: ScenarioInput = {
  ...SCENARIO,
  faults: [{ kind: 'engine-restarts', afterMs: 500, downMs: 700 }],
};
const NO_RULES = { name: 'strict', rules: [] as PolicyRule[] };

let open: SimulatedServices;
let connection: EngineConnection;
const stops: AbortController[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) stop.abort();
  connection.dispose();
  await open.dispose();
});

/** Services that watch, with everything they tell. */
async function begin(
  scenario: ScenarioInput = SCENARIO,
  options: Parameters<typeof openSimulatedServices>[1] = {},
): Promise<{ readonly journal: JournalEntry[] }> {
  open = await openSimulatedServices(scenario, options);
  connection = createEngineConnection(open.host, systemClock, 'the pipe');
  const journal: JournalEntry[] = [];
  open.services.start((name, payload) => {
    if (name === 'journal.appended') journal.push(payload as JournalEntry);
  });
  return { journal };
}

/** A guard of one client. `state()` is the last it told. */
function guard(
  mode: GuardMode,
  more: {
    readonly includeRunning?: boolean;
    readonly policy?: InputOf<Contract, 'policy.watch'>['policy'];
    readonly probe?: boolean;
  } = {},
) {
  const stop = new AbortController();
  stops.push(stop);
  let state: GuardState | undefined;
  const troubles: (string | undefined)[] = [];
  const ended = open.call(
    'policy.watch',
    { mode, policy: NO_RULES, ...more },
    {
      signal: stop.signal,
      onProgress: told => {
        state = told;
        if (told.trouble?.what !== troubles.at(-1)) troubles.push(told.trouble?.what);
      },
    },
  );
  return {
    ended,
    end: () => stop.abort(),
    state: () => state,
    /** Each that it told of, and between them that it was over. */
    troubles: () => troubles,
    acts: () =>
      state?.acts.map(({ what, subject, because }) =>
        [what, subject, ...(because === undefined ? [] : [because])].join(' '),
      ),
    seen: () => state?.violations.map(({ container, viewer, rank }) => `${container} from ${viewer} ${rank}`).sort(),
  };
}

const running = async (): Promise<string[]> => {
  const { fileSystems } = await open.call('filesystem.list', { all: true });
  return fileSystems
    .filter(({ state }) => state === 'running')
    .map(({ container }) => container.name)
    .sort();
};

describe('a guard that observes', () => {
  it('tells what violates the policy, by a rule and no more, and when it is over', async () => {
    const { journal } = await begin();
    const watch = guard('observe');
    await expect.poll(() => watch.seen(), WAIT).toEqual(['early from host rule']);
    await startContainer(connection, 'late');
    await expect
      .poll(() => watch.seen(), WAIT)
      .toEqual(['early from host rule', 'early from late rule', 'late from early rule', 'late from host rule']);
    await connection.order('kill', docker => docker.getContainer('late').kill());
    await expect.poll(() => watch.seen(), WAIT).toEqual(['early from host rule']);
    expect(await running()).toEqual(['early']);
    expect(watch.acts()).toEqual([]);
    expect(journal.filter(({ what }) => what === 'policy.violated').length).toBe(4);
    expect(journal.filter(({ what }) => what === 'policy.restored').length).toBe(3);
  });

  it('opens it first where that is asked for, and then says what was seen', async () => {
    await begin();
    const watch = guard('observe', { probe: true });
    await expect.poll(() => watch.seen(), WAIT).toEqual(['early from host probe']);
    expect(open.host.networkLog()).toEqual([]);
  });

  it('has judged a host on which nothing is mounted, too', async () => {
    await begin({ ...SCENARIO, containers: [] });
    const watch = guard('observe');
    await expect.poll(() => watch.state()?.judgedAt, WAIT).toBeDefined();
    expect(watch.state()?.count).toBe(0);
  });

  it('ends with its client, and answers how things stood', async () => {
    await begin();
    const watch = guard('observe');
    await expect.poll(() => watch.state()?.count, WAIT).toBe(1);
    expect((await open.call('guard.read', {})).guards.map(({ origin }) => origin)).toEqual(['watch']);
    watch.end();
    expect((await watch.ended).count).toBe(1);
    expect((await open.call('guard.read', {})).guards).toEqual([]);
  });

  it('judges findings where the policy speaks of them, and tells when they are over', async () => {
    const { journal } = await begin({
      ...SCENARIO,
      containers: [],
      ghosts: [{ mountPoint: 'X:', target: '\\Device\\Volume{00000000-0000-4000-8000-000000000001}' }],
    });
    const watch = guard('observe', { policy: { name: 'tidy', otherwise: 'allow', findingsFrom: 'info' } });
    const codes = (): string[] | undefined => watch.state()?.findings.map(({ code }) => code);
    await expect.poll(codes, WAIT).toEqual(['ghost-mount-point']);
    expect(watch.state()).toMatchObject({ count: 1, violations: [], judgedAt: expect.any(String) });
    const { findings } = await open.call('inspection.take', {});
    const { id = '' } = findings[0] ?? {};
    await open.call('finding.fix', { finding: id, fix: 'clear-mount-point', accept: [] });
    await expect.poll(codes, WAIT).toEqual([]);
    const noted = journal
      .filter(({ what }) => what.startsWith('policy.'))
      .map(({ what, subject }) => `${what} ${subject}`);
    expect(noted).toEqual(['policy.violated ghost-mount-point', 'policy.restored ghost-mount-point']);
  });

  it('is not clean where volumes cannot be listed', async () => {
    await begin({ ...SCENARIO, faults: [{ kind: 'exec-hangs', command: 'lsvol' }] });
    const watch = guard('observe', { policy: { name: 'lax', rules: [], otherwise: 'allow' } });
    await expect
      .poll(() => watch.state()?.unlisted, { ...WAIT, timeout: 30_000 })
      .toEqual([expect.stringContaining('(early)')]);
    expect(watch.state()?.count).toBe(0);
  }, 40_000);

  it('counts nothing that an acceptance covers, until it ends by itself', async () => {
    // In real time, which does not rush past the acceptance before anybody looks.
    await begin(SCENARIO, { clock: systemClock });
    const until = new Date(Date.now() + 1_500).toISOString();
    const acceptances = [{ code: 'unc-leak' as const, container: '*', reason: 'for a moment', until }];
    const watch = guard('observe', { policy: { ...NO_RULES, acceptances } });
    await expect.poll(() => watch.state()?.accepted, WAIT).toBe(1);
    expect(watch.state()?.count).toBe(0);
    await expect
      .poll(() => watch.state()?.violations.map(({ expired }) => expired?.reason), WAIT)
      .toEqual(['for a moment']);
  });
});

describe('a guard that refuses', () => {
  it('turns a launch down by what is expected of it, with the rule that decided; a disk may go', async () => {
    const { journal } = await begin();
    const rules: PolicyRule[] = [
      { uncPrefix: '\\memfs*\\*', seenFrom: 'host', allow: false, reason: 'The host must not see it.' },
    ];
    const watch = guard('refuse', { policy: { name: 'team', rules, otherwise: 'allow' } });
    await expect.poll(() => watch.state()?.judgedAt, WAIT).toBeDefined();
    const input = { profile: 'memfs-network', name: 'net' };
    expect((await open.call('launch.plan', input)).warnings.join()).toContain('The guard would refuse this launch.');
    expect(await open.fault('filesystem.launch', input)).toMatchObject({
      code: 'launch-against-policy',
      name: 'net',
      policy: 'team',
      rule: 0,
      summary: expect.stringContaining('The host must not see it.'),
    });
    expect(await running()).toEqual(['early']);
    expect(watch.acts()).toEqual(['refused net']);
    expect(journal.map(({ what }) => what)).toContain('guard.refused');
    await open.call('filesystem.launch', { profile: 'memfs-disk', name: 'disk' });
    expect(await running()).toEqual(expect.arrayContaining(['disk', 'early']));
    watch.end();
    await watch.ended;
    await open.call('filesystem.launch', input);
  });

  it('turns down a program that nobody knows where nothing allows it: it cannot be shown to be private', async () => {
    await begin();
    const watch = guard('refuse');
    await expect.poll(() => watch.state()?.judgedAt, WAIT).toBeDefined();
    const fault = await open.fault('filesystem.launch', { command: ['C:\\tools\\myfs.exe', 'X:'] });
    expect(fault).toMatchObject({
      code: 'launch-against-policy',
      summary: expect.stringContaining('could not be shown to be invisible from the host'),
    });
    expect(fault).not.toHaveProperty('kind');
    watch.end();
    await watch.ended;
  });
});

describe('a guard that comes while a launch is under way', () => {
  it('turns it down before anything runs, whatever was judged at its beginning', async () => {
    await begin({
      ...SCENARIO,
      containers: [],
      images: [],
      registry: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      engine: { downloadBytesPerSecond: 5_000_000_000, extractBytesPerSecond: 5_000_000_000 },
    });
    let watch: ReturnType<typeof guard> | undefined;
    const launched = open.call(
      'filesystem.launch',
      { profile: 'memfs-network', name: 'net', image: SERVERCORE },
      {
        onProgress: ({ step, pull }) => {
          if (step === 'image' && pull !== undefined) watch ??= guard('refuse');
        },
      },
    );
    await expect(launched).rejects.toMatchObject({ fault: { code: 'launch-against-policy', name: 'net' } });
    expect(await running()).toEqual([]);
    const { fileSystems } = await open.call('filesystem.list', { all: true });
    expect(fileSystems).toEqual([]);
    expect(watch?.acts()).toEqual(['refused net']);
  });
});

describe('a guard that stops', () => {
  it('stops what came after it once it was opened from where it must not be seen, and leaves the rest', async () => {
    const { journal } = await begin();
    const watch = guard('stop');
    await expect.poll(() => watch.acts(), WAIT).toEqual(['not-stopped early ran-before']);
    await startContainer(connection, 'late');
    await expect.poll(() => watch.acts(), WAIT).toContain('stopped late');
    await expect.poll(running, WAIT).toEqual(['early']);
    const stopping = journal.find(({ what }) => what === 'guard.stopped');
    expect(stopping?.data?.['notes']).toEqual(
      expect.arrayContaining(['\\late\\share will be unmounted', 'its volumes are gone']),
    );
    // It is there still, stopped: nothing was removed.
    const { fileSystems } = await open.call('filesystem.list', { all: true });
    expect(fileSystems.find(({ container }) => container.name === 'late')?.state).toBe('exited');
    expect(open.host.networkLog()).toEqual([]);
  });

  it('stops what ran before, if asked to', async () => {
    await begin();
    const watch = guard('stop', { includeRunning: true });
    await expect.poll(() => watch.acts(), WAIT).toEqual(['stopping early', 'stopped early']);
    expect(await running()).toEqual([]);
  });

  it('stops nobody twice, however many guards there are', async () => {
    const { journal } = await begin();
    const guards = [guard('stop'), guard('stop'), guard('stop')];
    for (const one of guards) await expect.poll(() => one.acts()?.length, WAIT).toBe(1);
    await startContainer(connection, 'late');
    await expect.poll(() => journal.filter(({ what }) => what === 'guard.stopped').length, WAIT).toBe(1);
    expect(journal.filter(({ what }) => what === 'guard.stopping').length).toBe(1);
  });

  it('stops each of those that come while it is still looking at others, and each once', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const { journal } = await begin({ ...SCENARIO, containers: names.map(name => leaky(name)) });
    const watch = guard('stop');
    await expect.poll(() => watch.state()?.judgedAt, WAIT).toBeDefined();
    await Promise.all(names.map(name => startContainer(connection, name)));
    const told = (what: string): string[] =>
      journal.flatMap(entry => (entry.what === what ? [entry.subject] : [])).sort();
    await expect.poll(() => told('guard.stopped'), WAIT).toEqual([...names].sort());
    expect(told('guard.stopping')).toEqual([...names].sort());
    await expect.poll(running, WAIT).toEqual([]);
  });

  it('stops nobody by prediction alone: what nobody could open goes on, and it says why', async () => {
    // Who is no administrator cannot read the name of its provider, the only one by which it is opened.
    await begin({ ...SCENARIO, windows: { elevated: false } });
    const watch = guard('stop', { includeRunning: true });
    await expect.poll(() => watch.state()?.judgedAt, WAIT).toBeDefined();
    await startContainer(connection, 'late');
    await expect.poll(() => watch.acts(), WAIT).toContain('not-stopped late not-proven');
    expect(watch.state()?.violations.every(({ rank }) => rank === 'rule')).toBe(true);
    expect(await running()).toEqual(['early', 'late']);
  });

  it('that ends in the middle of a stop leaves the offender to the next guard', async () => {
    const { journal } = await begin();
    const stop = new AbortController();
    const first = open.call(
      'policy.watch',
      { mode: 'stop', policy: NO_RULES, includeRunning: true },
      {
        signal: stop.signal,
        onProgress: ({ acts }) => {
          if (acts.some(({ what }) => what === 'stopping')) stop.abort();
        },
      },
    );
    await first;
    expect(journal.filter(({ what }) => what === 'guard.stopped')).toEqual([]);
    const next = guard('stop', { includeRunning: true });
    await expect.poll(() => next.acts(), WAIT).toEqual(['stopping early', 'stopped early']);
    expect(await running()).toEqual([]);
  });

  it('that somebody switches off in between stops nobody any more', async () => {
    const { journal } = await begin();
    const watch = guard('stop');
    await expect.poll(() => watch.acts()?.length, WAIT).toBe(1);
    watch.end();
    await watch.ended;
    await startContainer(connection, 'late');
    await expect
      .poll(
        () => journal.some(({ what, data }) => what === 'volume.leaked' && data?.['uncPrefix'] === '\\late\\share'),
        WAIT,
      )
      .toBe(true);
    expect(await running()).toEqual(['early', 'late']);
  });
});

describe('the guard of the settings', () => {
  it('comes and goes with them, judges by the kept policy, and follows its changes', async () => {
    await begin();
    const states = async (): Promise<string[]> =>
      (await open.call('guard.read', {})).guards.map(({ mode, policy, count }) => `${mode} ${policy} ${count}`);
    expect(await states()).toEqual([]);
    await open.call('settings.write', { guard: { mode: 'observe', includeRunning: false } });
    await expect.poll(states, WAIT).toEqual(['observe no-leaks 1']);
    await open.call('policy.save', { policy: { name: 'lax', rules: [{ allow: true }] } });
    await expect.poll(states, WAIT).toEqual(['observe lax 0']);
    await open.call('settings.write', { guard: { mode: 'off', includeRunning: false } });
    await expect.poll(states, WAIT).toEqual([]);
  });

  it('says when it sees nothing, and sees again', async () => {
    const { journal } = await begin(RESTARTING);
    const watch = guard('observe');
    await expect.poll(() => watch.troubles(), WAIT).toEqual(['blind', undefined]);
    expect(journal.map(({ what }) => what)).toEqual(expect.arrayContaining(['guard.blind', 'guard.recovered']));
  });
});
