import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { LocalTarget } from '../serving/local-services.ts';
import type { KeptFile } from './kept-file.ts';
import { openHostOfStart, rememberHost } from './last-host.ts';
import { EMPTY_MEMORY, type WindowMemory } from './window-memory.ts';

const local: LocalTarget = { kind: 'windows', host: 'local' };
const far: LocalTarget = { kind: 'windows', host: 'ssh://me@there' };
const simulated: LocalTarget = { kind: 'simulated', scenario: 'default' };

describe('the host of a start', () => {
  it.each([
    ['none was open before', undefined, undefined, [simulated]],
    ['one was open last', undefined, 'local', [local]],
    ['another is asked for', far, 'local', [far]],
    ['what is remembered is none', undefined, 'https://example.com', [simulated]],
  ])('is as it should be where %s', async (_, asked, last, expected) => {
    const opened: LocalTarget[] = [];
    const open = async (target: LocalTarget): Promise<void> => void opened.push(target);
    await openHostOfStart({ asked, last, open, tell: title => expect(title).toBe('not told') });
    expect(opened).toEqual(expected);
  });

  const unreachable = new FaultError({ code: 'host-unreachable', host: 'ssh://me@there', reason: 'no route' });
  const failing = (told: string[], asked: LocalTarget | undefined, fault: FaultError): Promise<string> =>
    openHostOfStart({
      asked,
      last: 'ssh://me@there',
      open: async target => {
        if (target.kind === 'windows') throw fault;
        return target.kind;
      },
      tell: title => told.push(title),
    });

  it('is the simulated one where the last is out of reach, and that is told', async () => {
    const told: string[] = [];
    expect(await failing(told, undefined, unreachable)).toBe('simulated');
    expect(told).toEqual(['ssh://me@there could not be opened again; this is a simulated host']);
  });

  it.each([
    ['what was asked for is out of reach', far, unreachable],
    ['the app ends', undefined, new FaultError({ code: 'cancelled' })],
  ])('is none where %s', async (_, asked, fault) => {
    const told: string[] = [];
    await expect(failing(told, asked, fault)).rejects.toBe(fault);
    expect(told).toEqual([]);
  });
});

describe('the host that is opened', () => {
  it.each([
    ['this machine', { id: 'local' }, 'local'],
    ['one over SSH', { id: 'ssh://me@there' }, 'ssh://me@there'],
    ['a simulated one', { id: 'simulated', scenario: 'default' }, undefined],
    ['a recording', { id: 'recording' }, 'ssh://before'],
  ])('is remembered as the one of the next start: %s', (_, news, host) => {
    const memory: KeptFile<WindowMemory> & { value: WindowMemory } = {
      value: { ...EMPTY_MEMORY, toldOfTray: true, host: 'ssh://before' },
      keep: next => {
        memory.value = next;
      },
      written: () => Promise.resolve(),
    };
    rememberHost(
      {
        on: (name, listener) => {
          if (name === 'host.changed') (listener as (payload: typeof news) => void)(news);
          return () => undefined;
        },
      },
      memory,
    );
    expect(memory.value).toEqual({ ...EMPTY_MEMORY, toldOfTray: true, ...(host === undefined ? {} : { host }) });
  });
});
