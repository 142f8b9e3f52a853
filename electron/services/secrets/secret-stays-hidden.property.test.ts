import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { SecretNeed } from '../../../shared/domain/profile-secret.ts';
import { memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { recordingHost, type Traffic, trafficOf } from '../testing/recording-host.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { testSealer } from './testing/test-sealer.ts';

const NAME = 'tool-secret';
const WAYS: readonly Pick<SecretNeed, 'deliver' | 'arguments' | 'environment'>[] = [
  { deliver: { by: 'file' }, environment: { TOOL_SECRET_FILE: `{secret:${NAME}}` } },
  { deliver: { by: 'file', path: 'C:\\tool\\settings.conf' } },
  { deliver: { by: 'stdin' } },
  { deliver: { by: 'environment', variable: 'TOOL_TOKEN' } },
  { deliver: { by: 'argument' }, arguments: ['-S', `{secret:${NAME}}`] },
];

/** Nothing that is there anyhow: long enough, and with a mark that no other text has. */
const word = fc
  .string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_.+/=@:%$&!#{}\\;,^')), minLength: 8, maxLength: 40 })
  .map(text => `q7${text}7q`);
const line = fc
  .string({ unit: fc.constantFrom(...Array.from('ab XYZ019"\'\\%ä😀\t<>|')), minLength: 8, maxLength: 40 })
  .map(text => `q7${text}7q`);
const cases = fc
  .constantFrom(...WAYS)
  .chain(way =>
    fc.record({ way: fc.constant(way), value: way.deliver.by === 'argument' ? word : line, isKept: fc.boolean() }),
  );

const profileOf = (way: (typeof WAYS)[number], name = 'tool', program = '{winfsp}\\bin\\memfs-x64.exe'): Profile => ({
  name,
  title: 'Tool',
  description: '',
  command: [program, '-i', '{secrets}', '-m', '{mountPoint}'],
  kind: 'disk',
  defaults: { mountPoint: 'X:' },
  secrets: [{ name: NAME, title: 'Secret of the tool', ...way }],
});

/** In the forms in which a text may hold it: as it is, and inside JSON (Go's escapes, too). */
function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const go = json.replace(/[<>&]/g, sign => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return [...new Set([value, json, go])];
}

const holds = (bytes: Buffer | string, value: string): boolean => formsOf(value).some(form => bytes.includes(form));

const dialsWith = ({ dials }: Traffic, side: 'sent' | 'received', value: string): number =>
  dials.filter(dial => holds(Buffer.concat(dial[side]), value)).length;

/** Everything that the app shows, writes and tells around one launch, failed ones included. */
async function everythingSaid(host: SimulatedServices, given: Record<string, string> | undefined): Promise<string> {
  const said: unknown[] = [];
  const input = { profile: 'tool', name: 'tool', ...(given === undefined ? {} : { secrets: given }) };
  const onProgress = (told: unknown): void => void said.push(told);
  said.push(await host.call('launch.plan', input));
  said.push(await host.call('filesystem.launch', input, { onProgress }));
  said.push(await host.call('filesystem.list', { all: true }));
  said.push(await host.call('snapshot.take', {}));
  said.push(await host.call('inspection.take', { probe: true, canary: true }));
  said.push(await host.call('workspace.capture', { name: 'all' }));
  said.push(await host.call('host.record', {}));
  said.push(await host.fault('filesystem.launch', { ...input, name: 'tool' }));
  said.push(await host.fault('filesystem.launch', { ...input, name: 'second', mountPoint: 'C:' }));
  // Another channel would be told of by the engine's refusal: it repeats a command that it cannot run.
  said.push(await host.fault('filesystem.launch', { ...input, profile: 'broken', name: 'broken' }));
  said.push(await host.call('profile.list', {}));
  said.push(await host.call('secret.list', {}));
  said.push(await host.call('filesystem.stop', { name: 'tool', keep: true }, { onProgress }));
  said.push(await host.call('journal.read', {}));
  return JSON.stringify(said);
}

async function textsOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map(file => readFile(file, 'latin1')))).join('\n');
}

describe("a secret's value", () => {
  it('goes over the one channel that its profile names, once, and is in nothing that is shown, written or told', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ way, value, isKept }) => {
        const folder = await mkdtemp(join(tmpdir(), 'siloscope-hidden-'));
        const files = new Map<string, string>();
        const preferences = new Preferences(systemClock, memoryFiles(files), [testSealer]);
        const host = await openSimulatedServices(await scenarioNamed('default'), {
          preferences,
          journalFolder: folder,
          wrap: recordingHost,
        });
        const news: unknown[] = [];
        host.services.start((name, told) => void news.push([name, told]));
        try {
          await host.call('profile.save', { profile: profileOf(way) });
          await host.call('profile.save', { profile: profileOf(way, 'broken', 'C:\\nothing.exe') });
          if (isKept) await host.call('secret.set', { name: NAME, value });
          const said = await everythingSaid(host, isKept ? undefined : { [NAME]: value });
          const traffic = trafficOf(host.host);
          const { by } = way.deliver;
          const isPrivate = by === 'file' || by === 'stdin';
          // Once for the launch that works, once for the one that does not; input is given to what has started.
          expect(dialsWith(traffic, 'sent', value)).toBe(by === 'stdin' ? 1 : 2);
          if (isPrivate) expect(dialsWith(traffic, 'received', value)).toBe(0);
          expect(traffic.runs.some(run => holds(run, value))).toBe(false);
          expect(holds(said, value)).toBe(false);
          expect(holds(JSON.stringify(news), value)).toBe(false);
          expect(holds([...files.values()].join('\n'), value)).toBe(false);
        } finally {
          await host.dispose();
          expect(holds(await textsOf(folder), value)).toBe(false);
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
