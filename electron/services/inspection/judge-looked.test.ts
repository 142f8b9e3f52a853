import { describe, expect, it } from 'vitest';
import type { Volume } from '../../../shared/domain/volume.ts';
import { judgeLooked } from './judge-looked.ts';
import { deviceLook, driveLook, type Look, type Looked, providerLook, uncLook } from './looking.ts';

const disk: Volume = { device: '\\Device\\Volume{d}', kind: 'disk', home: 'silo:4', mountPoints: ['Z:'] };
const network: Volume = {
  device: '\\Device\\Volume{n}',
  kind: 'network',
  home: 'silo:4',
  uncPrefix: '\\memfs\\share',
  provider: '\\Device\\WinFsp.Mup+2.1{g}',
  mountPoints: ['Y:'],
};
const twin: Volume = { ...network, device: '\\Device\\Volume{t}', home: 'silo:8', uncPrefix: '\\MEMFS\\share' };
const canary = { file: 'c', token: 't' };
const look = (made: Look | undefined): Look => {
  if (made === undefined) throw new Error('no such look');
  return made;
};
const looked = (visible: Looked['visible'], winfsp?: boolean): Looked => ({
  by: 'probe',
  visible,
  evidence: { rank: 'probe', ground: 'observed', detail: 'said' },
  ...(winfsp === undefined ? {} : { winfsp }),
});
const yes = looked('yes');
const no = looked('no');

interface Case {
  readonly look: Look;
  readonly looked: Looked;
  readonly control?: Looked;
  readonly volumes?: readonly Volume[];
  readonly sharers?: number;
}

describe('what a look proves', () => {
  const provider = look(providerLook(network));
  const unc = look(uncLook(network));
  it.each<[string, Case, string]>([
    ["a provider's name that opens", { look: provider, looked: yes, control: yes }, 'yes'],
    ['one that opens only at home', { look: provider, looked: no, control: yes }, 'no'],
    ['one that opens nowhere: the name may be wrong', { look: provider, looked: no, control: no }, 'unknown'],
    ['one whose home could not be asked', { look: provider, looked: no }, 'unknown'],
    ['one behind which there is no WinFsp', { look: provider, looked: looked('yes', false), control: yes }, 'unknown'],
    ['a drive letter at home', { look: driveLook('Y:'), looked: no, control: no }, 'no'],
    ['a UNC name that nobody else has', { look: unc, looked: looked('yes', true) }, 'yes'],
    ['a UNC name that something else answers', { look: unc, looked: looked('yes', false) }, 'no'],
    ['a UNC name that two volumes have', { look: unc, looked: yes, volumes: [network, twin] }, 'unknown'],
    ['a UNC name that somebody answers, who may be anybody', { look: unc, looked: yes }, 'unknown'],
    ['a UNC name that does not open', { look: unc, looked: no }, 'no'],
    [
      'a token read back by a UNC name that two have',
      { look: look(uncLook(network, canary)), looked: yes, control: yes, volumes: [network, twin] },
      'yes',
    ],
    [
      'a token that another of that name may show as well',
      { look: look(uncLook(network, canary)), looked: yes, control: yes, volumes: [network, twin], sharers: 1 },
      'unknown',
    ],
    [
      'a token by its own name, whoever shows it as well',
      { look: look(providerLook(network, canary)), looked: yes, control: yes, volumes: [network, twin], sharers: 1 },
      'yes',
    ],
    [
      'a token that comes from something else, over the same files',
      { look: look(uncLook(network, canary)), looked: looked('yes', false), control: yes },
      'no',
    ],
    ['a token that is not there', { look: look(uncLook(network, canary)), looked: no, control: yes }, 'no'],
    [
      'a token that was found by no name at all',
      { look: look(uncLook(network, canary)), looked: no, control: no },
      'unknown',
    ],
  ])('%s', (_, { look: tried, looked: seen, control, volumes = [network], ...more }, visible) => {
    const observation = judgeLooked({ volume: network, volumes, ...more }, tried, seen, control);
    expect([observation?.visible, observation?.way?.path]).toEqual([visible, tried.way.path]);
    expect(observation?.evidence).toMatchObject({ rank: 'probe', ground: 'observed' });
  });

  it("that a disk volume's device opens at home only answers the whole cell", () => {
    const among = { volume: disk, volumes: [disk] };
    expect(judgeLooked(among, deviceLook(disk), no, yes)).toEqual({
      by: 'probe',
      visible: 'no',
      evidence: no.evidence,
    });
    expect(judgeLooked(among, deviceLook(disk), no, no)).toMatchObject({ visible: 'unknown' });
  });
});
