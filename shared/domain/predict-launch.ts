import type { Visibility } from './inspection.ts';
import type { NamespaceId } from './namespace.ts';
import { isVirtualMachine } from './namespace-kind.ts';
import { classOf, proposeUniquePrefix } from './unc-prefix.ts';
import type { World } from './visibility.ts';
import { VisibilityIndex } from './visibility-index.ts';
import type { Volume } from './volume.ts';

/** A volume that is not there yet; of which kind may be unknown. */
export type Wish = Partial<Pick<Volume, 'kind'>> &
  Pick<Volume, 'uncPrefix'> & { readonly isolation: 'process' | 'hyperv' };

/** What would be otherwise for somebody who is there already. */
export interface Touched {
  readonly device: string;
  readonly home: NamespaceId;
  readonly uncPrefix: string;
  /** Cells that would read otherwise than now. */
  readonly cells: readonly Visibility[];
}

/** The matrix as it would become. */
export interface Prediction {
  /** Of the new volume: one cell for each namespace that exists now. */
  readonly predicted: Visibility[];
  /** Others whose names would no longer lead to them for sure. */
  readonly touched: readonly Touched[];
  /** A prefix of a class that nobody has, where the wished one is taken. */
  readonly freePrefix?: string;
}

const NEW = '\\Device\\Volume{new}';

/**
 * What the rule predicts once the wished volume is there: for itself and for those whose class it would share. Under
 * Hyper-V isolation it would be nobody's, and touch nobody.
 */
export function predictLaunch({ kind, uncPrefix, isolation }: Wish, world: World): Prediction {
  const index = new VisibilityIndex(world);
  const before = new Map([...index.volumes].map(({ device }) => [device, index.row(device)]));
  const home = isolation === 'hyperv' ? 'vm:000000000000' : 'silo:0';
  const volume: Volume = {
    device: NEW,
    kind: kind ?? 'disk',
    home,
    mountPoints: [],
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
  };
  const others = index.change({ what: 'volume-came', volume }).filter(device => device !== NEW);
  const touched = others.flatMap((device): Touched[] => {
    const known = world.volumes.find(one => one.device === device);
    if (known?.uncPrefix === undefined) return [];
    const was = before.get(device);
    const cells = [...(index.row(device) ?? [])].filter(cell => was?.of(cell.namespace)?.because !== cell.because);
    return cells.length === 0 ? [] : [{ device, home: known.home, uncPrefix: known.uncPrefix, cells }];
  });
  const taken = [
    ...world.volumes.flatMap(one => (one.uncPrefix === undefined || isVirtualMachine(one.home) ? [] : [one.uncPrefix])),
    ...(world.servers ?? []),
  ];
  const isTaken = uncPrefix !== undefined && taken.some(one => classOf(one) === classOf(uncPrefix));
  return {
    predicted: kind === undefined ? [...(index.row(NEW) ?? [])].map(ofUnknownKind) : [...(index.row(NEW) ?? [])],
    touched,
    ...(isTaken && uncPrefix !== undefined ? { freePrefix: proposeUniquePrefix(taken, uncPrefix) } : {}),
  };
}

/** No rule speaks of a volume whose kind nobody knows, but of other kernels, which see neither kind. */
function ofUnknownKind(cell: Visibility): Visibility {
  if (cell.because === 'another-kernel') return cell;
  return {
    namespace: cell.namespace,
    visible: 'unknown',
    through: [],
    because: 'program-unknown',
    evidence: { rank: 'not-tested', ground: 'inferred' },
  };
}
