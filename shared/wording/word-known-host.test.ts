import { describe, expect, it } from 'vitest';
import { compareMoments } from '../domain/compare-moments.ts';
import type { JournalMoment } from '../domain/journal-moment.ts';
import { wordHostThen, wordHostUnrecorded, wordKnownHost } from './word-known-host.ts';
import { wordMomentDiff } from './word-moment.ts';

const windows = {
  build: 26_100,
  revision: 4_652,
  displayVersion: '24H2',
  edition: 'Windows 11 Pro',
  productType: 'client',
  architecture: 'x64',
} as const;
const engine = { version: '28.5.2', apiVersion: '1.51', osType: 'windows' };

describe('a host as it was', () => {
  it.each([
    [
      'all was recorded',
      { windows, winfsp: { service: 'WinFsp', version: '2.1' }, engine },
      { service: 'WinFsp', state: 'running' },
      'Windows: Windows 11 Pro 24H2, build 26100.4652, x64; WinFsp: 2.1, service WinFsp, running; Docker Engine: 28.5.2, API 1.51, windows containers',
    ],
    ['nothing was', undefined, undefined, 'Windows: not recorded; WinFsp: not recorded; Docker Engine: not recorded'],
    [
      'an older Siloscope told the driver alone',
      undefined,
      { service: 'WinFsp', state: 'stopped' },
      'Windows: not recorded; WinFsp: version not recorded, service WinFsp, stopped; Docker Engine: not recorded',
    ],
    [
      'it had no WinFsp',
      { windows, winfsp: {} },
      undefined,
      'Windows: Windows 11 Pro 24H2, build 26100.4652, x64; WinFsp: unknown version, service none, state not recorded; Docker Engine: not recorded',
    ],
  ] as const)('%s', (_, host, fsd, said) => {
    expect(wordHostThen({ host, fsd })).toBe(said);
    expect(wordKnownHost(host, fsd)).toHaveLength(4);
  });

  it('says what nobody wrote down', () => {
    expect(wordHostUnrecorded({ windows, winfsp: {}, engine })).toEqual([]);
    expect(wordHostUnrecorded()).toEqual([
      'What version the host had of Windows, WinFsp and the Docker Engine was not recorded then: what the data tell of it is of now.',
    ]);
  });
});

describe('a host at two moments', () => {
  const moment = (host: JournalMoment['host']): JournalMoment => ({
    sequence: 1,
    watched: true,
    first: 1,
    last: 1,
    volumes: [],
    namespaces: [],
    findings: [],
    ...(host === undefined ? {} : { host }),
  });
  const told = (before: JournalMoment['host'], after: JournalMoment['host']): readonly string[] =>
    wordMomentDiff(compareMoments(moment(before), moment(after)), () => '').map(({ mark, text }) => `${mark} ${text}`);
  const all = { windows, winfsp: { service: 'WinFsp', version: '2.0' }, engine };

  it.each([
    ['the same', all, all, []],
    ['one of them not recorded', undefined, all, []],
    ['a part of one not recorded', { windows }, all, []],
    [
      'an update of Windows and WinFsp',
      all,
      { ...all, windows: { ...windows, revision: 5_000 }, winfsp: { service: 'WinFsp', version: '2.1' } },
      [
        '~ Windows: Windows 11 Pro 24H2, build 26100.4652, x64 -> Windows 11 Pro 24H2, build 26100.5000, x64.',
        '~ WinFsp: 2.0, service WinFsp -> 2.1, service WinFsp.',
      ],
    ],
    [
      'another isolation by default',
      { engine: { ...engine, defaultIsolation: 'process' } },
      { engine: { ...engine, defaultIsolation: 'hyperv' } },
      [
        '~ Docker Engine: 28.5.2, API 1.51, windows containers, isolation by default process -> 28.5.2, API 1.51, windows containers, isolation by default hyperv.',
      ],
    ],
  ] as const)('%s', (_, before, after, lines) => {
    expect(told(before, after)).toEqual(lines);
  });
});
