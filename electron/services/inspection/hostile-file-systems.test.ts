import { afterEach, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { wordVolume } from '../../../shared/wording/word-volume.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

let open: SimulatedServices;
afterEach(() => open.dispose());

/** What may not stand in a line: control characters, and what turns text round. */
const HARMFUL = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

const sights = ({ volumes, namespaces }: Inspection, prefix: string): Record<string, string> => {
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  const volume = volumes.find(({ uncPrefix }) => uncPrefix === prefix);
  return Object.fromEntries(
    [...(volume?.visibility ?? [])].map(({ namespace, visible, evidence }) => [
      labels.get(namespace) ?? namespace,
      `${visible} ${evidence.rank}`,
    ]),
  );
};

describe('file systems that wish their readers ill', () => {
  it('are told for what can be known of them, each by itself', async () => {
    open = await openSimulatedServices(await scenarioNamed('hostile-file-systems'));
    const inspection = await open.call('inspection.take', { probe: true, canary: true });
    const others = (prefix: string, home: string) => {
      const { [home]: _, ...rest } = sights(inspection, prefix);
      return new Set(Object.values(rest));
    };
    expect(others('\\honest\\share', 'honest')).toEqual(new Set(['yes canary']));
    expect(others('\\flood\\share', 'flood')).toEqual(new Set(['yes canary']));
    expect(sights(inspection, '\\stuck\\share')['host']).toBe('unknown probe');
    // Its own name leads there, whatever it shows: that is never refuted, and proven only where the token was read.
    for (const [prefix, home] of [
      ['\\liar\\share', 'liar'],
      ['\\denier\\share', 'denier'],
    ] as const) {
      for (const sight of others(prefix, home)) expect(['yes canary', 'yes probe']).toContain(sight);
    }
    expect(open.host.networkLog()).toEqual([]);
  }, 60_000);

  it('never say by a plain UNC name what is not so, and put nothing harmful into any text', async () => {
    open = await openSimulatedServices(await scenarioNamed('hostile-file-systems'));
    const inspection = await open.call('inspection.take', { probe: true, canary: true, plainUnc: true });
    for (const volume of inspection.volumes) {
      const refuted = volume.visibility.flatMap(({ refuted = [] }) => refuted);
      expect(refuted.filter(({ evidence }) => evidence.rank === 'canary')).toEqual([]);
      for (const line of wordVolume(volume, inspection)) expect(line).not.toMatch(HARMFUL);
    }
    for (const { summary, fix } of inspection.findings) expect(`${summary} ${fix}`).not.toMatch(HARMFUL);
  }, 60_000);
});
