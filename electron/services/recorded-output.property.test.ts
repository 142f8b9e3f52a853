import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../shared/domain/error-decoder.ts';
import { parseRegQuery } from '../../shared/domain/parse-reg-query.ts';
import type { Recording } from '../../shared/domain/recording.ts';
import { decodeOutput } from '../hosts/decode-output.ts';
import { parseWindowsFacts } from '../hosts/windows-facts.ts';
import { JsonLineSplitter } from './engine/json-lines.ts';
import { applyPullLine, pullProgress, startedPull } from './engine/pull-progress.ts';
import { parseLsdrv, parseLsvol, parseVer } from './fsd/parse-fsptool.ts';
import { parseScQuery } from './fsd/parse-sc-query.ts';
import { parseNetUse } from './inspection/parse-net-use.ts';
import { parseFreeBytes } from './readiness/parse-free-bytes.ts';
import { toThePoint } from './recording/to-the-point.ts';
import { parseHcsdiag } from './silos/parse-hcsdiag.ts';
import { openSimulatedServices, scenarioNamed } from './testing/simulated-services.ts';

const RUNS = 10_000;
let recording: Recording;
beforeAll(async () => {
  const services = await openSimulatedServices({
    ...(await scenarioNamed('winfsp-container-support')),
    hostFileSystems: [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m V: -u \\on\\host' }],
  });
  recording = await services.call('host.record', {});
  await services.dispose();
});

/** Standard output that the host gave to exactly this. */
function outputOf(argv: readonly string[]): string {
  for (const { ask, ...rest } of recording.answers) {
    if (ask !== 'run' || !('argv' in rest) || 'fault' in rest.answer || !('stdout' in rest.answer)) continue;
    if (rest.argv.length === argv.length && argv.every((word, at) => word === rest.argv[at])) return rest.answer.stdout;
  }
  return '';
}

const FSPTOOL = 'C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe';

const parseFacts = (text: string): unknown => parseWindowsFacts(text, { machineName: 'x', architecture: 'x64' });

/** What other systems, languages and bad luck make of a text. */
const mutation = fc.oneof(
  fc.constant((text: string) => text.replace(/\r?\n/g, '\r\n')),
  fc.constant((text: string) => text.replace(/\r\n/g, '\n')),
  fc.constant((text: string) => text.replace(/\r\n/g, '\r\r\n')),
  fc.constant((text: string) => Buffer.from(text, 'utf16le').toString('latin1')),
  fc.constant((text: string) => `\ufeff${text}`),
  fc.constant((text: string) => text.toUpperCase()),
  // The words of another language: letters outside of what is known by its shape.
  fc.constant((text: string) => text.replace(/[A-Z_]{3,}(?= {0,12}:)/g, 'ÄÖÜ_СЛУЖБА_服务')),
  fc.constant((text: string) => Buffer.from(text, 'latin1').toString('utf8')),
  // Bytes of one console's code page, read with another's.
  fc
    .constantFrom(437, 850, 866, 932, 936, 1252, 65_001)
    .map(
      page => (text: string) =>
        decodeOutput(Buffer.from(text.slice(0, 20_000).replace(/[aeiou]/g, 'ä'), 'latin1'), page),
    ),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([from, length]) =>
      (text: string) =>
        text.slice(from % (text.length + 1)).slice(0, length),
  ),
  fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 5 })).map(([at, extra]) => (text: string) => {
    const cut = at % (text.length + 1);
    return `${text.slice(0, cut)}${extra}${text.slice(cut + 1)}`;
  }),
  fc.integer({ min: 2, max: 20 }).map(times => (text: string) => text.repeat(times)),
);
const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

describe.each<readonly [string, readonly string[], (text: string) => unknown]>([
  ['sc query', ['sc.exe', 'query', 'WinFsp+2.1'], parseScQuery],
  ['an error of sc', ['sc.exe', 'query', 'WinFsp'], decode],
  ['reg query', ['reg.exe', 'query', 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp', '/s'], parseRegQuery],
  ['fsptool lsvol', [FSPTOOL, 'lsvol'], parseLsvol],
  ['fsptool lsdrv', [FSPTOOL, 'lsdrv'], parseLsdrv],
  ['fsptool ver', [FSPTOOL, 'ver'], parseVer],
  ['hcsdiag list', ['hcsdiag.exe', 'list', '-raw'], parseHcsdiag],
  ['net use', ['net.exe', 'use'], parseNetUse],
  ['whoami', ['whoami.exe', '/groups'], text => toThePoint(['whoami.exe', '/groups'], text)],
  ['reg query of Windows', ['reg.exe', 'query', 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'], parseFacts],
  ['dir', ['cmd.exe', '/d', '/c', 'dir', 'C:\\'], parseFreeBytes],
])('recorded output of %s', (_, argv, parse) => {
  it('never breaks its parser, however it was mangled', () => {
    const said = outputOf(argv);
    expect(said).not.toBe('');
    fc.assert(
      fc.property(mutations, how => void parse(how.reduce((text, mutate) => mutate(text), said))),
      { numRuns: RUNS },
    );
  });
});

describe('the stream of a pull', () => {
  const line = fc.record(
    {
      status: fc.constantFrom('Pulling fs layer', 'Downloading', 'Extracting', 'Pull complete', 'Status: x', 'x', ''),
      id: fc.oneof(fc.constantFrom('a', 'b'), fc.string()),
      progressDetail: fc.oneof(fc.jsonValue(), fc.record({ current: fc.double(), total: fc.double() })),
      error: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );

  it('is read in any pieces, whatever it says, and its fraction never falls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, fc.jsonValue()), { maxLength: 12 }),
        mutations,
        fc.integer({ min: 1, max: 40 }),
        (lines, how, size) => {
          const whole = lines.map(one => JSON.stringify(one)).join('\r\n');
          const bytes = Buffer.from(how.reduce((text, mutate) => mutate(text), whole).slice(0, 4_000));
          const splitter = new JsonLineSplitter();
          let state = startedPull('image');
          const read = (from: ReturnType<JsonLineSplitter['end']>): void => {
            for (const one of from) {
              const next = applyPullLine(state, 'value' in one ? one.value : one.malformed);
              expect(next.fraction).toBeGreaterThanOrEqual(state.fraction);
              state = next;
            }
          };
          for (let at = 0; at < bytes.length; at += size) read(splitter.push(bytes.subarray(at, at + size)));
          read(splitter.end());
          expect(pullProgress(state).fraction).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
