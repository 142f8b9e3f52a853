import type { Ground } from './evidence.ts';
import type { IsolationCell, IsolationViewer, IsolationWay } from './isolation-test.ts';
import type { VolumeKind } from './volume.ts';

type Expected = { readonly expected?: NonNullable<IsolationCell['expected']>; readonly ground: Ground };

const REACHED: Expected = { expected: 'reached', ground: 'documented' };
const HIDDEN: Expected = { expected: 'not-reached', ground: 'documented' };
const REACHED_INFERRED: Expected = { expected: 'reached', ground: 'inferred' };
const HIDDEN_INFERRED: Expected = { expected: 'not-reached', ground: 'inferred' };
const OPEN: Expected = { ground: 'inferred' };

/**
 * What is to be expected of each way, before anybody tries it. Documented by WinFsp-Container-Support.asciidoc: a disk
 * volume stays in its container, a network volume is reached from the host by its UNC name. That it is reached from other
 * containers, and all forms of names but drive letters and UNC, are inferred from sources; of two forms no source tells
 * where the links lie that they go through.
 */
export function expectedOf(volume: VolumeKind, from: IsolationViewer, way: IsolationWay): Expected {
  if (from === 'own') return expectedAtHome(volume, way);
  if (from === 'hyperv-container') return HIDDEN_INFERRED;
  switch (way) {
    case 'drive':
    case 'admin-share':
      return HIDDEN;
    case 'volume-device':
      return volume === 'disk' ? HIDDEN : HIDDEN_INFERRED;
    case 'provider':
      return volume === 'disk' ? HIDDEN : REACHED_INFERRED;
    case 'unc':
      return volume === 'disk' ? HIDDEN : from === 'host' ? REACHED : REACHED_INFERRED;
    case 'provider-device':
      return from === 'host' ? OPEN : HIDDEN_INFERRED;
    case 'silo-path':
      return from === 'host' ? OPEN : HIDDEN_INFERRED;
  }
}

function expectedAtHome(volume: VolumeKind, way: IsolationWay): Expected {
  if (way === 'drive') return REACHED;
  if (way === 'volume-device') return REACHED_INFERRED;
  if (way === 'silo-path' || way === 'admin-share') return HIDDEN_INFERRED;
  if (volume === 'disk') return HIDDEN;
  return way === 'unc' ? REACHED : way === 'provider' ? REACHED_INFERRED : OPEN;
}
