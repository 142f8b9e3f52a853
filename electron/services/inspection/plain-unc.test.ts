import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { classOf } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { providerName } from '../../../shared/domain/volume-names.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import {
  GOOD_HOST,
  openSimulatedServices,
  type SimulatedServices,
  scenarioNamed,
} from '../testing/simulated-services.ts';
import { uncLook } from './looking.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import { observe } from './observe.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const CLAIMED: Volume = {
  device: '\\Device\\Volume{6f1c2a3b-0000-0000-0000-000000000001}',
  kind: 'network',
  home: 'silo:4816',
  uncPrefix: '\\realserver\\share',
  provider: '\\Device\\WinFsp.Mup+2.1{6f1c2a3b-0000-0000-0000-000000000002}',
  mountPoints: [],
};
const { provider: _, ...UNKNOWN } = CLAIMED;

describe('plain UNC names, asked for', () => {
  it.each(['winfsp-container-support', 'not-elevated', 'hostile-file-systems'])(
    'go out to nobody but classes that a WinFsp provider claims: %s',
    async scenario => {
      open = await openSimulatedServices(await scenarioNamed(scenario));
      const inspection = await open.call('inspection.take', { probe: true, plainUnc: true });
      const claimed = new Set(
        inspection.volumes.flatMap(({ provider = '', uncPrefix = '' }) =>
          providerName(provider) === undefined ? [] : [classOf(uncPrefix)],
        ),
      );
      const asked = open.host.networkLog().map(name => name.toLowerCase());
      expect(asked.filter(name => !claimed.has(name))).toEqual([]);
    },
    60_000,
  );

  it.each<[string, Omit<WitnessedVolume, 'listed'>, boolean]>([
    ['listed, of a WinFsp provider', { volume: CLAIMED, prefixListed: true }, true],
    ["listed by the host's own fsptool", { volume: { ...UNKNOWN, home: HOST_NAMESPACE }, prefixListed: true }, true],
    ["only in a drive letter's target", { volume: CLAIMED }, false],
    ["listed by a container's fsptool alone", { volume: UNKNOWN, prefixListed: true }, false],
    [
      "of another's provider",
      { volume: { ...CLAIMED, provider: '\\Device\\LanmanRedirector' }, prefixListed: true },
      false,
    ],
    ['of no class', { volume: { ...CLAIMED, uncPrefix: '\\.\\pipe' }, prefixListed: true }, false],
  ])('a prefix %s is opened or a gap', async (_name, witnessed, isOpened) => {
    open = await openSimulatedServices(GOOD_HOST);
    const connection = createEngineConnection(open.host, systemClock, 'the pipe');
    const around = { host: open.host, clock: systemClock, connection };
    const inventory = {
      views: [{ namespace: { id: HOST_NAMESPACE, kind: 'host' as const, label: 'host' } }],
      volumes: [{ listed: true, ...witnessed }],
      ghosts: [],
      devices: new Map(),
      mups: new Map(),
      hypervCommands: new Map(),
      gaps: [],
    };
    try {
      const { gaps } = await observe(around, inventory, { probe: false, canary: false, plainUnc: true });
      expect(gaps.some(({ what }) => what.startsWith('plain UNC name of'))).toBe(!isOpened);
      expect(open.host.networkLog().includes('realserver')).toBe(isOpened);
    } finally {
      connection.dispose();
    }
  });

  it.each(['\\.\\pipe', '\\?\\unc', '\\realserver', '\\\\realserver\\share', '\\a\\b:c'])(
    'never of the form %s',
    uncPrefix => {
      expect(uncLook({ ...CLAIMED, uncPrefix })).toBeUndefined();
    },
  );
});
