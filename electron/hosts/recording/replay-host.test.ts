import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf } from '../../../shared/contract/fault.ts';
import { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { RecordedAnswer, Recording } from '../../../shared/domain/recording.ts';
import type { Host } from '../host.ts';
import { dockerOver, endingContract, engineContract, namespaceContract } from '../read-only.contract.ts';
import { readRecording } from './read-recording.ts';
import { createReplayHost } from './replay-host.ts';

const FACTS: HostFacts = {
  machineName: 'machine-1',
  build: 20_348,
  revision: 3_932,
  displayVersion: '21H2',
  edition: 'Windows Server 2022 Datacenter',
  productType: 'server',
  architecture: 'x64',
};

const list = (path: string, ...entries: readonly [string, string][]): RecordedAnswer => ({
  ask: 'list',
  path,
  elapsedMs: 1,
  answer: { entries: [...entries] },
});
const link = (path: string, target: string): RecordedAnswer => ({
  ask: 'link',
  path,
  elapsedMs: 1,
  answer: { target },
});
type Json = Extract<Extract<RecordedAnswer, { ask: 'get' }>['answer'], { body: unknown }>['body'];
const get = (path: string, body: Json): RecordedAnswer => ({
  ask: 'get',
  path,
  elapsedMs: 1,
  answer: { body },
});

const RECORDING: Recording = {
  siloscopeRecording: 1,
  takenAt: '2026-11-22T00:00:00.000Z',
  simulated: false,
  facts: FACTS,
  answers: [
    {
      ask: 'run',
      argv: ['sc.exe', 'query', 'WinFsp'],
      elapsedMs: 12,
      answer: { exitCode: 1060, stdout: 'out', stderr: '' },
    },
    { ask: 'run', argv: ['hcsdiag.exe', 'list', '-raw'], elapsedMs: 1, answer: { fault: 'not-found' } },
    { ask: 'run', argv: ['net.exe', 'use'], elapsedMs: 10_000, answer: { fault: 'timed-out' } },
    { ask: 'run', argv: ['whoami.exe', '/groups'], elapsedMs: 1, answer: { fault: 'access-denied' } },
    list(
      '\\',
      ['Device', 'Directory'],
      ['GLOBAL??', 'Directory'],
      ['Silos', 'Directory'],
      ['DosDevices', 'SymbolicLink'],
    ),
    list('\\Device', ['Mup', 'Device'], ['HarddiskVolume3', 'Device'], ['Volume{1}', 'SymbolicLink']),
    list('\\GLOBAL??', ['C:', 'SymbolicLink'], ['UNC', 'SymbolicLink']),
    { ask: 'list', path: '\\Silos', elapsedMs: 1, answer: { refused: 'access-denied' } },
    link('\\GLOBAL??\\C:', '\\Device\\HarddiskVolume3'),
    get('/version', { Version: '26.1.0', Os: 'windows', ApiVersion: '1.45' }),
    get('/containers/json', [
      { Id: 'a', State: 'running' },
      { Id: 'b', State: 'exited' },
    ]),
  ],
};

const recorded = async (): Promise<Host> => createReplayHost(readRecording(JSON.stringify(RECORDING), 'host.json'));

describe('a recorded host, as a host that is only asked', () => {
  let host: Host;
  beforeAll(async () => {
    host = await recorded();
  });
  afterAll(() => host.dispose());

  it('says what Windows it was', () => {
    expect(HostFacts.parse(host.facts)).toEqual(FACTS);
  });

  namespaceContract(() => host);
  engineContract(() => host);

  it('answers for a program what it answered then, with the time it took', async () => {
    const { argv, ...said } = await host.run(['SC.EXE', 'query', 'winfsp']);
    expect(said).toEqual({ exitCode: 1060, stdout: 'out', stderr: '', elapsedMs: 12 });
    expect(argv).toEqual(['SC.EXE', 'query', 'winfsp']);
  });

  it.each<[string, readonly string[], object]>([
    [
      'was not there then',
      ['hcsdiag.exe', 'list', '-raw'],
      { code: 'not-found', what: 'program', name: 'hcsdiag.exe' },
    ],
    ['was not allowed then', ['whoami.exe', '/groups'], { code: 'access-denied', what: 'whoami.exe' }],
    [
      'took too long then',
      ['net.exe', 'use'],
      { code: 'command-failed', stderr: expect.stringContaining('ended with timed-out') },
    ],
    [
      'was not asked for',
      ['format.com', 'C:'],
      { code: 'command-failed', stderr: expect.stringContaining('was not run when') },
    ],
  ])('refuses a program that %s, and says why', async (_, argv, fault) => {
    expect(faultOf(await host.run(argv).catch((caught: unknown) => caught))).toMatchObject(fault);
  });

  it.each<[string, 'list' | 'readLink', string, string]>([
    ['the refusal of then', 'list', '\\Silos', 'access-denied'],
    ['what is below a refusal', 'list', '\\Silos\\1234', 'unsupported'],
    ['a directory nobody looked into', 'list', '\\DosDevices', 'unsupported'],
    ['a link nobody read', 'readLink', '\\Device\\Volume{1}', 'unsupported'],
    ['a device asked for its target', 'readLink', '\\Device\\Mup', 'wrong-type'],
    ['a letter of the session of then', 'readLink', '\\??\\Q:', 'unsupported'],
  ])('does not make up %s', async (_, verb, path, refused) => {
    expect(await host.objects[verb](path)).toEqual({ refused });
  });

  it('opens nothing', async () => {
    expect(await host.probe({ by: 'drive', mountPoint: 'C:', rest: '' })).toMatchObject({
      outcome: 'failed',
      statusName: 'STATUS_NOT_SUPPORTED',
    });
  });

  it('lists the containers that ran, or all; orders are refused, and events never come', async () => {
    const { docker, hangUp } = dockerOver(host);
    const ids = async (all: boolean): Promise<readonly string[]> =>
      (await docker.listContainers({ all })).map(({ Id }) => Id);
    expect([await ids(false), await ids(true)]).toEqual([['a'], ['a', 'b']]);
    await expect(docker.createContainer({ Image: 'x' })).rejects.toMatchObject({
      statusCode: 501,
      json: { message: 'a recording has no answer to POST /containers/create' },
    });
    const events = await docker.getEvents();
    events.on('error', () => undefined);
    expect(events).toHaveProperty('readable', true);
    hangUp();
  });
});

describe('a recorded host, when it ends', () => {
  endingContract(recorded);
});

describe('a recording without an engine', () => {
  it('has none to dial', async () => {
    const answers = RECORDING.answers.filter(({ ask }) => ask !== 'get');
    const host = createReplayHost({ ...RECORDING, answers });
    expect(faultOf(await host.dialEngine().catch((caught: unknown) => caught))).toMatchObject({
      code: 'engine-unreachable',
      cause: 'not recorded',
    });
    await host.dispose();
  });
});
