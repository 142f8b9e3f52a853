import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../shared/domain/error-decoder.ts';
import { parseRegQuery } from '../../shared/domain/parse-reg-query.ts';
import type { RecordedAnswer } from '../../shared/domain/recording.ts';
import { parseWindowsFacts } from '../hosts/windows-facts.ts';
import { engineFault } from './engine/engine-errors.ts';
import { splitListCommand } from './engine/list-command.ts';
import { parseLsdrv, parseLsvol, parseVer } from './fsd/parse-fsptool.ts';
import { parseScQuery } from './fsd/parse-sc-query.ts';
import { lastErrorIn } from './fsd/read-fsd-trouble.ts';
import { parseFileVersions } from './fsd/read-winfsp-versions.ts';
import { judgeDir, judgeType } from './inspection/judge-dir.ts';
import { volumeIn } from './inspection/merge-witnesses.ts';
import { parseNetUse } from './inspection/parse-net-use.ts';
import { sumOf } from './launching/stop-ladder.ts';
import { parseFreeBytes } from './readiness/parse-free-bytes.ts';
import { namesElsewhere } from './recording/names-elsewhere.ts';
import { toThePoint, withoutOwnGroups } from './recording/to-the-point.ts';
import { parseHcsdiag } from './silos/parse-hcsdiag.ts';

const parsers: readonly [name: string, parse: (text: string) => unknown][] = [
  ['sc query', parseScQuery],
  ['reg query', parseRegQuery],
  ['fsptool lsvol', parseLsvol],
  ['fsptool lsdrv', parseLsdrv],
  ['fsptool ver', parseVer],
  ['hcsdiag', parseHcsdiag],
  ['net use', parseNetUse],
  ['dir', text => judgeDir({ exitCode: 1, stdout: text, stderr: text })],
  ['free bytes', parseFreeBytes],
  ['type', text => judgeType({ exitCode: 1, stdout: text, stderr: text })],
  ['the last error of a service', lastErrorIn],
  ['a volume in a target', volumeIn],
  ['sums of certutil and type', text => sumOf(text, ['C:\\a'])],
  ['whoami /groups', withoutOwnGroups],
  ["the user's environment", text => toThePoint(['reg.exe', 'query', 'HKCU\\Volatile Environment'], text)],
  ['installed programs', text => toThePoint(['reg.exe', 'query', 'HKLM\\X\\Uninstall'], text)],
  ['files replaced at the next start', text => toThePoint(['reg.exe', '/v', 'PendingFileRenameOperations'], text)],
  ['versions of files', parseFileVersions],
  ['an error of any tool', decode],
  ['the facts of Windows', text => parseWindowsFacts(text, { machineName: 'x', architecture: text })],
  ['a complaint of the engine', text => engineFault(refusedWith(text), 'ask', 'npipe').message],
  [
    'names elsewhere',
    text =>
      namesElsewhere([
        ranWith('net.exe', text),
        ranWith('fsptool-x64.exe', text),
        ranWith('reg.exe', text, 'HKCU\\Network'),
        infoWith(text),
      ]),
  ],
  ['list command', splitListCommand],
];

/** What dockerode rejects with. */
const refusedWith = (text: string): Error =>
  Object.assign(new Error(`(HTTP code 500) server error - ${text}`), { statusCode: 500, json: { message: text } });

const ranWith = (program: string, stdout: string, about = ''): RecordedAnswer => ({
  ask: 'run',
  argv: [program, 'use', about],
  elapsedMs: 1,
  answer: { exitCode: 0, stdout, stderr: '' },
});
const infoWith = (text: string): RecordedAnswer => ({
  ask: 'get',
  path: '/info',
  elapsedMs: 1,
  answer: { body: { Name: text, HttpProxy: text, NoProxy: text, RepoTags: [text], Image: text } },
});

/** Cases a property; the gate asks for as many of each parser. */
const RUNS = 10_000;

/** Words that the real tools print, thrown together. */
const shards = fc.constantFrom(
  'SERVICE_NAME: WinFsp',
  '        STATE              : 4  RUNNING',
  ' : ',
  'HKEY_LOCAL_MACHINE\\X',
  '    a    REG_SZ    b',
  'Y:  \\Device\\Volume{',
  '50cfe046-8503-403b-b89c-eb20bd9edf23}',
  '\\memfs\\share',
  'R   WinFsp+',
  '2.1 (SxS=',
  '[{"Id":"',
  '\\\\.\\Silos\\',
  'OK   Y:   \\\\a\\b',
  '   ',
  '\r\n',
  '\n',
  '\r',
  '\u0000',
  '"',
  "'",
  '\\',
  '1,234,567',
  '\ud800',
  '[SC] x FAILED 5:',
  'WIN32_EXIT_CODE    : 1077  (0x435)',
  'S-1-5-21-1-2-3-1104',
  'CORP\\Domain Users    Group    ',
  '0x80070070',
  'No such container: x',
  'registry.corp.example:5000/a',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(shards, { maxLength: 40 }).map(parts => parts.join('')),
);

describe.each(parsers)('the parser of %s', (_, parse) => {
  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(text, given => void parse(given)),
      { numRuns: RUNS },
    );
  });

  it('reads any beginning of a text, too', () => {
    fc.assert(
      fc.property(text, fc.nat(200), (given, length) => void parse(given.slice(0, length))),
      { numRuns: RUNS },
    );
  });
});

describe('huge output', () => {
  it.each(parsers)('of %s is read in linear time', (_, parse) => {
    for (const shard of [' ', 'a', '\\', '1', "'", 'OK   Y:  ', '\\\\a', ' : 4 ', '{"', '1,234']) {
      expect(() => parse(shard.repeat(100_000))).not.toThrow();
    }
  });
});

describe('what fsptool prints', () => {
  const guid = fc.uuid();
  const part = fc
    .string({
      unit: fc.constantFrom('a', 'b', 'X', 'Z', '0', '9', '-', '_', ' ', '.', '$'),
      minLength: 1,
      maxLength: 12,
    })
    .filter(one => one.trim() === one);
  const volume = fc.record({
    guid,
    letter: fc.option(fc.constantFrom('Y', 'Z', 'D')),
    prefix: fc.option(fc.tuple(part, part)),
  });

  it('is read back, volume by volume', () => {
    fc.assert(
      fc.property(fc.uniqueArray(volume, { selector: one => one.guid }), volumes => {
        const lines = volumes.map(
          one =>
            `${(one.letter === null ? '' : `${one.letter}:`).padEnd(4)}\\Device\\Volume{${one.guid}}${one.prefix === null ? '' : `\\${one.prefix.join('\\')}`}\n`,
        );
        expect(parseLsvol(lines.join(''))).toEqual(
          volumes.map(one => ({
            device: `\\Device\\Volume{${one.guid}}`,
            ...(one.prefix === null ? {} : { uncPrefix: `\\${one.prefix.join('\\')}` }),
            ...(one.letter === null ? {} : { mountPoint: `${one.letter}:` }),
          })),
        );
      }),
      { numRuns: RUNS },
    );
  });
});
