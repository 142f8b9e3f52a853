import { type Evidence, rankOf } from './evidence.ts';
import type { Because, Visibility, VolumeVerdict, Way } from './inspection.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from './namespace.ts';
import { classOf, uncPath } from './unc-prefix.ts';
import type { Volume } from './volume.ts';

/** What Windows does and no vendor documents, as far as the rule depends on it. All true unless told otherwise. */
export interface MupBehaviour {
  /** A silo's MUP is the host's. WinFsp's page reports the effect silo -> host. */
  readonly mupIsShared?: boolean;
  /** The same between silos, and from the host into a silo. [inferred] */
  readonly mupIsSharedBetweenSilos?: boolean;
}

/** Who answers for a class by its plain UNC name: the namespace of a WinFsp volume, or `SERVER`. */
export type ClassWinner = NamespaceId;
/** The winner that is no namespace: a real SMB server. */
export const SERVER: ClassWinner = 'server';

/** All that the rule may know. It is never changed while it is being judged. */
export interface World {
  readonly volumes: readonly Volume[];
  readonly namespaces: readonly Namespace[];
  /** Names of real SMB servers that are known to answer. */
  readonly servers?: readonly string[] | undefined;
  /** Class (as `classOf` writes it) -> who was observed to answer. No rule predicts it. */
  readonly classWinners?: ReadonlyMap<string, ClassWinner> | undefined;
  readonly behaviour?: MupBehaviour | undefined;
}

const DOCUMENTED: Evidence = { rank: 'rule', ground: 'documented' };
const INFERRED: Evidence = { rank: 'rule', ground: 'inferred' };
const NOT_TESTED: Evidence = { rank: 'not-tested', ground: 'inferred' };
const NO_WAY: Way[] = [];

/**
 * Judges whether a program in a namespace can reach a volume's content by an ordinary name: a drive of its own
 * namespace, a UNC name that MUP resolves to this volume's provider, or that provider's own name
 * (`\\?\GLOBALROOT\Device\Mup\;<provider>\class\instance`), which anybody may open. What an administrator of the host
 * can reach through `\\?\GLOBALROOT\Silos\<id>\...` does not count: that is a back door, not a leak.
 *
 * A disk volume's device is in its own silo's `\Device` only (WinFsp-Container-Support.asciidoc; winfsp
 * src/sys/volume.c). A network volume is registered with the MUP that host and silos share: silo -> host is
 * documented by the same page, silo -> silo and host -> silo are inferred. WinFsp claims whole classes
 * (src/sys/mup.c), so of several providers with one class only one gets the UNC name, and no rule says which; the
 * others stay reachable by their provider's name. A Hyper-V container has a kernel of its own.
 *
 * Shared arrays and evidence are handed out: cells are data, not to be changed.
 */
export function judgeVisibility(volume: Volume, namespace: Namespace, world: World): Visibility {
  return judge(sight(volume, survey(world)), namespace, survey(world));
}

/** Every cell: one row a volume, one cell a namespace, both in the world's order. Linear in cells. */
export function judgeAll(world: World): Visibility[][] {
  const known = survey(world);
  return world.volumes.map(volume => {
    const seen = sight(volume, known);
    return world.namespaces.map(namespace => judge(seen, namespace, known));
  });
}

/**
 * What the rule predicts for a volume that is not there yet: one cell for each namespace that exists now. Under
 * Hyper-V isolation it would be nobody's.
 */
export function predictVisibility(
  wish: Pick<Volume, 'kind' | 'uncPrefix'> & { readonly isolation: 'process' | 'hyperv' },
  world: World,
): Visibility[] {
  const home = wish.isolation === 'hyperv' ? 'vm:000000000000' : 'silo:0';
  const { kind, uncPrefix } = wish;
  const volume: Volume = { device: '', kind, home, mountPoints: [], ...(uncPrefix === undefined ? {} : { uncPrefix }) };
  const [row = []] = judgeAll({ ...world, volumes: [volume, ...world.volumes] });
  return row;
}

/** `leaked` when any namespace but its home sees it, `unknown` when that cannot be ruled out. */
export function verdictOf(home: NamespaceId, cells: readonly Visibility[]): VolumeVerdict {
  let verdict: VolumeVerdict = 'private';
  for (const { namespace, visible } of cells) {
    if (namespace === home || visible === 'no') continue;
    if (visible === 'yes') return 'leaked';
    verdict = 'unknown';
  }
  return verdict;
}

/**
 * How well a verdict is founded. A leak is as certain as its most certain witness; privacy and doubt only as certain as
 * the least certain of the cells that had to agree. Nobody else there to look: nothing was tested.
 */
export function proofOf(home: NamespaceId, cells: readonly Visibility[]): Evidence {
  const outside = cells.filter(({ namespace }) => namespace !== home);
  const verdict = verdictOf(home, outside);
  const decisive = outside.filter(
    ({ visible }) => visible === (verdict === 'leaked' ? 'yes' : verdict === 'private' ? 'no' : 'unknown'),
  );
  let proof: Evidence | undefined;
  for (const { evidence } of decisive) {
    if (proof === undefined || (verdict === 'leaked' ? isFirmer(evidence, proof) : isFirmer(proof, evidence))) {
      proof = evidence;
    }
  }
  return proof ?? NOT_TESTED;
}

/** Whether it is better founded: by its rank; among rules, a documented one before an inferred one. */
export function isFirmer(one: Evidence, other: Evidence): boolean {
  return rankOf(one) === rankOf(other)
    ? one.ground !== 'inferred' && other.ground === 'inferred'
    : rankOf(one) > rankOf(other);
}

interface Survey {
  readonly mupIsShared: boolean;
  readonly betweenSilos: boolean;
  readonly winners: ReadonlyMap<string, ClassWinner>;
  /** Class -> the namespaces of this kernel whose provider claims it; `SERVER` among them for a real one. */
  readonly claimants: ReadonlyMap<string, ReadonlySet<ClassWinner>>;
}

const surveys = new WeakMap<World, Survey>();

function survey(world: World): Survey {
  const known = surveys.get(world);
  if (known) return known;
  const claimants = new Map<string, Set<ClassWinner>>();
  const claim = (name: string, claimant: ClassWinner): void => {
    const others = claimants.get(name);
    if (others) others.add(claimant);
    else claimants.set(name, new Set([claimant]));
  };
  for (const { uncPrefix, home } of world.volumes) {
    if (uncPrefix !== undefined && !isVirtualMachine(home)) claim(classOf(uncPrefix), home);
  }
  for (const server of world.servers ?? []) claim(classOf(server), SERVER);
  const made: Survey = {
    mupIsShared: world.behaviour?.mupIsShared ?? true,
    betweenSilos: world.behaviour?.mupIsSharedBetweenSilos ?? true,
    winners: world.classWinners ?? new Map(),
    claimants,
  };
  surveys.set(world, made);
  return made;
}

/** What of a volume is the same for every namespace that looks at it. */
interface Sight {
  readonly volume: Volume;
  /** By its UNC name and its provider's, as far as documented: from its own silo, and from the host. */
  readonly documented: Way[];
  /** The same where no vendor says so. */
  readonly inferred: Way[];
  /** By its provider's name only. */
  readonly contested: Way[];
  /** Its drives, or its device where it has none. */
  readonly own: Way[];
  /** Its class has several claimants, or was seen to be answered by somebody else. */
  readonly isContested: boolean;
  readonly isWinner: boolean;
  readonly serverClaims: boolean;
}

function sight(volume: Volume, { claimants, winners }: Survey): Sight {
  const { kind, uncPrefix, provider, mountPoints, device, home } = volume;
  const own: Way[] = mountPoints.map(path => ({ kind: 'drive', path, evidence: DOCUMENTED }));
  if (kind === 'disk' || uncPrefix === undefined) {
    if (own.length === 0) own.push({ kind: 'provider', path: devicePath(device), evidence: INFERRED });
    return {
      volume,
      own,
      documented: NO_WAY,
      inferred: NO_WAY,
      contested: NO_WAY,
      isContested: false,
      isWinner: false,
      serverClaims: false,
    };
  }
  const name = classOf(uncPrefix);
  const unc = (evidence: Evidence): Way => ({ kind: 'unc', path: uncPath(uncPrefix), evidence });
  // The form of the name is inferred, so is that it leads there.
  const registered = provider === undefined ? undefined : providerName(provider);
  const contested: Way[] =
    registered === undefined
      ? NO_WAY
      : [{ kind: 'provider', path: providerPath(registered, uncPrefix), evidence: INFERRED }];
  const winner = winners.get(name);
  const rivals = claimants.get(name);
  return {
    volume,
    own,
    documented: [unc(DOCUMENTED), ...contested],
    inferred: [unc(INFERRED), ...contested],
    contested,
    isContested: (rivals !== undefined && rivals.size > 1) || (winner !== undefined && winner !== home),
    isWinner: winner === home,
    serverClaims: rivals?.has(SERVER) ?? false,
  };
}

/** The name that leads to one provider (`providerName`) without MUP's prefix resolution. Ground: Microsoft, mup-changes; form inferred. */
export function providerPath(provider: string, uncPrefix: string): string {
  return `\\\\?\\GLOBALROOT\\Device\\Mup\\;${provider}${uncPrefix}`;
}

/**
 * The name of a WinFsp provider out of the target of a volume's link, without `\Device\`. Undefined for anything else: a
 * link may lead wherever its maker wants, and a path through another redirector would go out on the network. Ground:
 * winfsp src/sys/driver.c, src/sys/sxs.c.
 */
export function providerName(target: string): string | undefined {
  return /^\\Device\\(?:Mup\\;)?(WinFsp\.Mup(?:\+[^{}\\;]{1,64})?(?:\{[^{}\\;]{1,64}\})?)$/i.exec(target)?.[1];
}

/** The name of a volume's own device, in the namespace of whoever opens it. Ground: winfsp tst/winfsp-tests/create-test.c. */
export function devicePath(device: string): string {
  return `\\\\?\\GLOBALROOT${device}`;
}

function judge(seen: Sight, namespace: Namespace, known: Survey): Visibility {
  const { volume } = seen;
  if (namespace.id === volume.home) {
    const ways = uncWays(seen, namespace, known);
    return cell(
      namespace.id,
      'yes',
      ways.length === 0 ? seen.own : [...seen.own, ...ways],
      'its-own-namespace',
      DOCUMENTED,
    );
  }
  if (namespace.kind === 'vm' || isVirtualMachine(volume.home)) {
    return cell(namespace.id, 'no', NO_WAY, 'another-kernel', INFERRED);
  }
  if (volume.kind === 'disk') {
    const evidence = volume.home === HOST_NAMESPACE ? INFERRED : DOCUMENTED;
    return cell(namespace.id, 'no', NO_WAY, 'disk-stays-in-its-namespace', evidence);
  }
  const towardsHost = namespace.kind === 'host';
  if (!known.mupIsShared || !(towardsHost || known.betweenSilos)) {
    return cell(namespace.id, 'no', NO_WAY, 'mup-not-shared', INFERRED);
  }
  if (isBeaten(seen, namespace, known)) {
    return cell(namespace.id, 'yes', seen.contested, 'class-claimed-by-another', INFERRED);
  }
  return towardsHost
    ? cell(namespace.id, 'yes', seen.documented, 'shared-mup', DOCUMENTED)
    : cell(namespace.id, 'yes', seen.inferred, 'shared-mup-inferred', INFERRED);
}

function uncWays(seen: Sight, namespace: Namespace, known: Survey): Way[] {
  return isBeaten(seen, namespace, known) ? seen.contested : seen.documented;
}

/** Whether the UNC name may lead elsewhere, as seen from here: where MUPs are not shared, only a server is a rival. */
function isBeaten(seen: Sight, namespace: Namespace, known: Survey): boolean {
  if (!seen.isContested || seen.isWinner) return false;
  const seesOthers = known.mupIsShared && (namespace.kind === 'host' || known.betweenSilos);
  return seesOthers || seen.serverClaims;
}

function isVirtualMachine(id: NamespaceId): boolean {
  return id.startsWith('vm:');
}

function cell(
  namespace: NamespaceId,
  visible: Visibility['visible'],
  through: Way[],
  because: Because,
  evidence: Evidence,
): Visibility {
  return { namespace, visible, through, because, evidence };
}
