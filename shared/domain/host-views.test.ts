import { describe, expect, it } from 'vitest';
import { hostViews } from './host-views.ts';
import type { InspectedVolume } from './inspection.ts';

const volume = (device: string, home: string, letters: InspectedVolume['letters']): InspectedVolume => ({
  device,
  kind: 'disk',
  home,
  mountPoints: [],
  ...(letters === undefined ? {} : { letters }),
  verdict: 'private',
  proof: { rank: 'rule', ground: 'documented' },
  visibility: [],
  chain: [],
  findings: [],
});

describe('the host, session by session', () => {
  it('shows each session its own letters, and what everybody has apart', () => {
    const mine = volume('a', 'host', [
      { mountPoint: 'Y:', session: '00000000-0002210f' },
      { mountPoint: 'G:', session: 'global' },
    ]);
    const elevated = volume('b', 'host', [{ mountPoint: 'Y:', session: '00000000-000220e1' }]);
    const inside = volume('c', 'silo:4', [{ mountPoint: 'Y:', session: '00000000-000003e7' }]);
    const views = hostViews({ volumes: [mine, elevated, inside, volume('d', 'host', undefined)] });
    expect(
      views.map(({ session, letters }) => [session, letters.map(one => `${one.mountPoint} ${one.volume.device}`)]),
    ).toEqual([
      ['00000000-0002210f', ['Y: a']],
      ['global', ['G: a']],
      ['00000000-000220e1', ['Y: b']],
    ]);
  });
});
