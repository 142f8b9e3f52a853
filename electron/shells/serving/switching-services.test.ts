import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { type LocalServices, openLocalServices } from './local-services.ts';

let services: LocalServices;
let folder: string;
const clients: Client<Contract>[] = [];
const enter = (): Client<Contract> => {
  const [near, far] = memoryChannelPair();
  services.serve(far);
  const client = connect(contract, near);
  clients.push(client);
  return client;
};
const open = async (scenario: string): Promise<void> => {
  services = await openLocalServices({ kind: 'simulated', scenario }, new AbortController().signal, { folder });
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-hosts-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.dispose();
  await services.close();
  await rm(folder, { recursive: true });
});

const NOISY = { id: 'simulated', scenario: 'noisy-neighbours' } as const;

describe('a Siloscope that serves', () => {
  it('knows what other hosts there are, and why some cannot be opened', async () => {
    await open('default');
    const client = enter();
    await client.call('settings.write', { hosts: [{ id: 'ssh://me@build-7', title: 'Build 7' }] });
    const { hosts } = await client.call('host.list', {});
    expect(hosts.filter(({ kind }) => kind === 'simulated').length).toBeGreaterThan(10);
    expect(hosts[0]).toMatchObject({ scenario: 'default', available: true, current: true });
    expect(hosts.every(({ description }) => description.length > 10)).toBe(true);
    expect(hosts.slice(-2).map(({ kind, id, title }) => [kind, id, title])).toEqual([
      ['local', 'local', 'This machine'],
      ['ssh', 'ssh://me@build-7', 'Build 7'],
    ]);
  });

  it('opens another host for all its clients, who stay', async () => {
    await open('default');
    const [one, other] = [enter(), enter()];
    const told: unknown[] = [];
    other.on('host.changed', payload => told.push(payload));
    const revisions: number[] = [];
    other.on('snapshot.changed', ({ revision }) => revisions.push(revision));
    const before = await one.call('snapshot.take', {});
    const after = await one.call('host.open', NOISY);
    expect(after.host.scenario).toBe('noisy-neighbours');
    expect(after.revision).toBeGreaterThan(before.revision);
    expect((await other.call('snapshot.take', {})).host.scenario).toBe('noisy-neighbours');
    expect(told).toEqual([NOISY]);
    expect(revisions.every((revision, at) => at === 0 || revision > (revisions[at - 1] ?? 0))).toBe(true);
    const { hosts } = await other.call('host.list', {});
    expect(hosts.filter(({ current }) => current).map(({ scenario }) => scenario)).toEqual(['noisy-neighbours']);
    const { entries } = await other.call('journal.read', {});
    expect(entries.find(({ what }) => what === 'host.opened')?.data).toEqual({
      scenario: 'noisy-neighbours',
      afresh: true,
    });
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, at) => at + 1));
  });

  it('calls off what runs on the old host, and says so', async () => {
    await open('winfsp-container-support');
    const client = enter();
    const following = client.call('filesystem.logs', { name: 'memfs-network', follow: true });
    following.catch(() => undefined);
    await client.call('filesystem.list', {});
    await client.call('host.open', { id: 'simulated' });
    await expect(following).rejects.toMatchObject({
      fault: { code: 'host-unreachable', host: 'simulated', reason: 'another host was opened in its place' },
    });
    expect((await client.call('snapshot.take', {})).host.scenario).toBe('default');
  });

  it.each([
    [{ id: 'simulated', scenario: 'nothing-like-it' }, 'not-found'],
    [{ id: 'simulated', scenario: '../../package.json' }, 'not-found'],
    [{ id: 'ssh://me@elsewhere' }, 'not-found'],
    [{ id: 'local' }, 'host-unreachable'],
  ])('stays with its host when asked for %o: %s', async (wanted, code) => {
    await open('default');
    const client = enter();
    await expect(client.call('host.open', wanted)).rejects.toMatchObject({ fault: { code } });
    expect((await client.call('snapshot.take', {})).host.scenario).toBe('default');
  });

  it('takes the settings along', async () => {
    await open('default');
    const client = enter();
    await client.call('settings.write', { appearance: { theme: 'dark' } });
    await client.call('host.open', NOISY);
    const { settings, folder: shown } = await client.call('settings.read', {});
    expect([settings.appearance.theme, shown]).toEqual(['dark', folder]);
  });

  it('lets stock Docker clients go on at the same address', async () => {
    await open('default');
    const listening = await services.listenDocker?.('tcp://127.0.0.1:0');
    const ask = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const url = `${listening?.endpoint.replace('tcp:', 'http:')}/info`;
        http
          .get(url, { agent: false }, answer => {
            let text = '';
            answer.on('data', chunk => {
              text += String(chunk);
            });
            answer.on('end', () => resolve((JSON.parse(text) as { Name: string }).Name));
          })
          .on('error', reject);
      });
    const before = await ask();
    await enter().call('host.open', NOISY);
    expect(await ask()).not.toBe(before);
    listening?.dispose();
  });

  it('opens one host after the other, however fast it is asked', async () => {
    await open('default');
    const client = enter();
    const asked = ['noisy-neighbours', 'server-2019', 'default'].map(scenario =>
      client.call('host.open', { id: 'simulated', scenario }),
    );
    await Promise.allSettled(asked);
    expect((await client.call('snapshot.take', {})).host.scenario).toBe('default');
  });
});
