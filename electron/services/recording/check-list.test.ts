import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';
import type { Host } from '../../hosts/host.ts';
import { dockerOver } from '../../hosts/read-only.contract.ts';
import { createReplayHost } from '../../hosts/recording/replay-host.ts';
import { createServices } from '../services.ts';
import { openSimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { type CheckItem, ENGINE_CHECKS, SILO_CHECKS } from './check-list.ts';

/** What a host with two containers answers, to an administrator. */
async function record(): Promise<readonly RecordedAnswer[]> {
  const scenario = await scenarioNamed('winfsp-container-support');
  const services = await openSimulatedServices({ ...scenario, windows: { ...scenario.windows, elevated: true } });
  try {
    return (await services.call('host.record', {})).answers;
  } finally {
    await services.dispose();
  }
}

describe('the check list for a first run on real Windows', () => {
  let answers: readonly RecordedAnswer[] = [];
  beforeAll(async () => {
    answers = await record();
  });

  const rows = [...SILO_CHECKS, ...ENGINE_CHECKS].map((item): [string, string, CheckItem] => [
    item.id,
    item.what,
    item,
  ]);

  it('names each item once', () => {
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
  });

  it.each(rows)('has an answer to %s, %s, or a reason', (_id, _what, { recorded, not }) => {
    if (recorded === undefined) expect(not).toMatch(/\w{3}/);
    else expect(answers.filter(recorded)).not.toEqual([]);
  });

  it('is answered by a replay as it was by the host', async () => {
    const host = createReplayHost({
      siloscopeRecording: 1,
      takenAt: '2026-11-22T00:00:00.000Z',
      simulated: true,
      facts: {
        machineName: 'machine-1',
        build: 20_348,
        revision: 1,
        displayVersion: '21H2',
        edition: 'Windows Server 2022 Datacenter',
        productType: 'server',
        architecture: 'x64',
      },
      answers: [...answers],
    });
    try {
      for (const answer of answers) expect(await replayed(host, answer)).toEqual(answer);
    } finally {
      await host.dispose();
    }
  });
});

/** Asks the replaying host the same question; answers what it said in a recording's form. */
async function replayed(host: Host, answer: RecordedAnswer): Promise<RecordedAnswer> {
  if ('fault' in answer.answer) return answer;
  switch (answer.ask) {
    case 'run': {
      const { exitCode, stdout, stderr, elapsedMs } = await host.run(answer.argv);
      return { ...answer, elapsedMs, answer: { exitCode, stdout, stderr } };
    }
    case 'list': {
      const said = await host.objects.list(answer.path);
      return {
        ...answer,
        answer: 'refused' in said ? said : { entries: said.entries.map(({ name, type }) => [name, type]) },
      };
    }
    case 'link':
      return { ...answer, answer: await host.objects.readLink(answer.path) };
    case 'kernel':
      return { ...answer, answer: (await host.askKernel?.(answer.question)) ?? { fault: 'not-askable' } };
    case 'probe': {
      const [, device = '', rest = ''] =
        /^\\\\\?\\GLOBALROOT(\\.*?\\(?:;?WinFsp\.Mup|Volume)[^\\]*)\\(.*)$/.exec(answer.path) ?? [];
      const { path, elapsedMs, ...said } = await host.probe({ by: 'device', device, rest });
      return { ...answer, path, elapsedMs, answer: said };
    }
    case 'get': {
      const { docker, hangUp } = dockerOver(host);
      const query = answer.path === '/events' ? '?since=1&until=9999999999' : '?all=1';
      const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
        docker.modem.dial(
          { path: `${answer.path}${query}`, method: 'GET', isStream: true, statusCodes: { 200: true } },
          (error: unknown, opened: unknown) =>
            error === null ? resolve(opened as AsyncIterable<Buffer>) : reject(new Error('refused', { cause: error })),
        );
      });
      const body = await textOf(stream);
      hangUp();
      const parsed: unknown =
        answer.path === '/_ping'
          ? body
          : answer.path === '/events'
            ? body.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line)]))
            : JSON.parse(body);
      expect(parsed).toEqual('body' in answer.answer ? answer.answer.body : undefined);
      return answer;
    }
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

describe('what the app asks of programs, when it only looks', () => {
  it('is in the recording: a replay leaves nothing of it unanswered', async () => {
    const scenario = await scenarioNamed('winfsp-container-support');
    const simulated = await openSimulatedServices({ ...scenario, windows: { ...scenario.windows, elevated: true } });
    const recording = await simulated.call('host.record', {});
    await simulated.dispose();
    const host = createReplayHost(recording);
    const unanswered: string[] = [];
    const run: Host['run'] = (argv, options) =>
      host.run(argv, options).catch((caught: unknown) => {
        if (argv[0] !== 'docker.exe') unanswered.push(argv.join(' '));
        throw caught;
      });
    const watched: Host = {
      id: host.id,
      facts: host.facts,
      objects: host.objects,
      run,
      dialEngine: signal => host.dialEngine(signal),
      probe: (target, options) => host.probe(target, options),
      onLost: listener => host.onLost(listener),
      dispose: () => host.dispose(),
    };
    const services = createServices(watched, { clock: systemClock });
    const context = { signal: new AbortController().signal, progress: () => undefined };
    await services.handlers['readiness.check']({}, context);
    await services.handlers['inspection.take'](
      { probe: false, canary: false, plainUnc: false, elevate: 'no' },
      context,
    );
    await services.dispose();
    await host.dispose();
    const known = new Set(
      recording.answers.flatMap(answer =>
        answer.ask === 'run' && 'fault' in answer.answer ? [answer.argv.join(' ')] : [],
      ),
    );
    expect(unanswered.filter(argv => !known.has(argv))).toEqual([]);
  });
});
