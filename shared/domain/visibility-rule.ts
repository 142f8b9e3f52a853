import type { Evidence, Ground } from './evidence.ts';
import { HOST_NAMESPACE } from './host-namespace.ts';
import type { Because, Look, Way } from './inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { isVirtualMachine } from './namespace-kind.ts';
import { classOf, uncPath } from './unc-prefix.ts';
import type { Volume } from './volume.ts';
import { devicePath, providerName, providerPath } from './volume-names.ts';

/**
 * Who looks, as far as the rule tells lookers apart: the volume's own namespace (`home`), or another one of that kind, with
 * a MUP that was seen to be of that sort. Everything below rests on it: a volume has few sights, however many silos there are.
 */
export type Viewer = 'home' | Pick<Namespace, 'kind' | 'mup'>;
type Looker = 'home' | Namespace['kind'];

interface Line {
  readonly from: readonly Looker[];
  readonly of: (volume: Standing) => boolean;
  readonly visible: 'yes' | 'no' | 'unknown';
  /** `own`: its drives, or its device, and whatever UNC leads to. `unc`: its UNC name and its provider's. */
  readonly by: 'own' | 'unc' | 'provider' | 'nothing';
  readonly because: Because;
  readonly ground: Exclude<Ground, 'observed'>;
}

const ANY: readonly Looker[] = ['host', 'silo', 'vm'];

/**
 * THE RULE: whether a program in a namespace can reach a volume's content by an ordinary name: a drive of its own
 * namespace, a UNC name that MUP resolves to this volume's provider, or that provider's own name
 * (`\\?\GLOBALROOT\Device\Mup\;<provider>\class\instance`), which anybody may open. What an administrator of the host
 * can reach through `\\?\GLOBALROOT\Silos\<id>\...` does not count: that is a back door, not a leak.
 *
 * The first line that fits decides. Ground: a disk volume's device is in its own silo's `\Device` only
 * (WinFsp-Container-Support.asciidoc; winfsp src/sys/volume.c). A network volume is registered with the MUP that host
 * and silos share: silo -> host is documented by the same page, silo -> silo and host -> silo are inferred. WinFsp claims
 * whole classes (src/sys/mup.c), so of several providers with one class only one gets the UNC name, and no rule says
 * which; the others stay reachable by their provider's name. A Hyper-V container has a kernel of its own. All of that
 * speaks of a silo whose MUP is the host's: one that was seen to have its own, or a link to somewhere else, is outside the
 * documents, and so are the lines for it.
 */
export const RULE: readonly Line[] = [
  line(['home'], any, 'yes', 'own', 'its-own-namespace', 'documented'),
  line(['vm'], any, 'no', 'nothing', 'another-kernel', 'inferred'),
  line(ANY, isOnAnotherKernel, 'no', 'nothing', 'another-kernel', 'inferred'),
  line(ANY, isDiskOfSilo, 'no', 'nothing', 'disk-stays-in-its-namespace', 'documented'),
  line(ANY, isDiskOfHost, 'no', 'nothing', 'disk-stays-in-its-namespace', 'inferred'),
  line(ANY, leadsElsewhere, 'unknown', 'nothing', 'mup-leads-elsewhere', 'inferred'),
  line(ANY, hasAnotherMup, 'no', 'nothing', 'mup-not-shared', 'inferred'),
  line(ANY, isOutbid, 'yes', 'provider', 'class-claimed-by-another', 'inferred'),
  line(['host'], any, 'yes', 'unc', 'shared-mup', 'documented'),
  line(['silo'], any, 'yes', 'unc', 'shared-mup-inferred', 'inferred'),
];

/** What the lines ask of a volume, as it stands towards one viewer. */
interface Standing {
  readonly volume: Volume;
  /** The viewer's MUP is the one with which the volume is registered; `unknown`: it was seen, and leads nobody knows where. */
  readonly sharesMup: boolean | 'unknown';
  /** Its home's MUP was seen to be none that it shares. */
  readonly hasOwnMup: boolean;
  /** Its class has several claimants that the viewer's MUP knows, and nobody saw this one win. */
  readonly isOutbid: boolean;
}

function any(): boolean {
  return true;
}
function isOnAnotherKernel({ volume }: Standing): boolean {
  return isVirtualMachine(volume.home);
}
function isDiskOfSilo({ volume }: Standing): boolean {
  return volume.kind === 'disk' && volume.home !== HOST_NAMESPACE;
}
function isDiskOfHost({ volume }: Standing): boolean {
  return volume.kind === 'disk' && volume.home === HOST_NAMESPACE;
}
function hasAnotherMup({ sharesMup }: Standing): boolean {
  return sharesMup === false;
}
function leadsElsewhere({ sharesMup }: Standing): boolean {
  return sharesMup === 'unknown';
}
function isOutbid(standing: Standing): boolean {
  return standing.isOutbid;
}

function line(
  from: Line['from'],
  of: Line['of'],
  visible: Line['visible'],
  by: Line['by'],
  because: Because,
  ground: Line['ground'],
): Line {
  return { from, of, visible, by, because, ground };
}

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

/** What the rule must know of everybody else. */
export interface Claims {
  readonly behaviour: MupBehaviour;
  /** Class (as `classOf` writes it) -> the namespaces of this kernel whose provider claims it; `SERVER` for a real one. */
  readonly claimants: (name: string) => Pick<ReadonlySet<ClassWinner>, 'size' | 'has'> | undefined;
  /** Who was observed to answer for it. No rule predicts it. */
  readonly winner: (name: string) => ClassWinner | undefined;
  /** What its MUP was seen to be; undefined: not seen. */
  readonly mup: (id: NamespaceId) => Namespace['mup'];
}

/** What a viewer sees of a volume, by the rule alone. Shared arrays and evidence are handed out: looks are data. */
export function lookByRule(volume: Volume, viewer: Viewer, claims: Claims): Look {
  return sightsByRule(volume, claims)(viewer);
}

/** The same for one viewer after the other; what they have in common is worked out once. */
export function sightsByRule(volume: Volume, claims: Claims): (viewer: Viewer) => Look {
  const contest = contestOf(volume, claims);
  const providers = providerNames(volume);
  return viewer => {
    const looker = viewer === 'home' ? viewer : viewer.kind;
    const standing = standingOf(volume, viewer, contest, claims);
    const found = RULE.find(({ from, of }) => from.includes(looker) && of(standing));
    if (found === undefined) throw new TypeError(`the rule has no line for ${looker}`);
    const { visible, by, because, ground } = found;
    return { visible, through: namesFor(by, standing, ground, providers), because, evidence: EVIDENCE[ground] };
  };
}

const EVIDENCE: Readonly<Record<Line['ground'], Evidence>> = {
  documented: { rank: 'rule', ground: 'documented' },
  inferred: { rank: 'rule', ground: 'inferred' },
};
const NOTHING: Way[] = [];

function namesFor(
  by: Line['by'],
  { volume, isOutbid: outbid, sharesMup, hasOwnMup }: Standing,
  ground: Line['ground'],
  providers: Way[],
): Way[] {
  switch (by) {
    case 'nothing':
      return NOTHING;
    case 'provider':
      return providers;
    case 'unc':
      return [...uncNames(volume, ground), ...providers];
    case 'own':
      // Both names go through its MUP, wherever that leads.
      return sharesMup === 'unknown'
        ? ownNames(volume)
        : [
            ...ownNames(volume),
            // The documents speak of a silo that shares the host's.
            ...(outbid ? [] : uncNames(volume, hasOwnMup ? 'inferred' : ground)),
            ...providers,
          ];
  }
}

/** Its drives; its device where it has none and no other name either. */
function ownNames({ mountPoints, device, kind, uncPrefix }: Volume): Way[] {
  if (mountPoints.length > 0) {
    return mountPoints.map(path => ({ kind: 'drive', path, evidence: EVIDENCE.documented }));
  }
  const isNameless = kind === 'disk' || uncPrefix === undefined;
  return isNameless ? [{ kind: 'provider', path: devicePath(device), evidence: EVIDENCE.inferred }] : NOTHING;
}

function uncNames({ kind, uncPrefix }: Volume, ground: Line['ground']): Way[] {
  if (kind === 'disk' || uncPrefix === undefined) return NOTHING;
  return [{ kind: 'unc', path: uncPath(uncPrefix), evidence: EVIDENCE[ground] }];
}

/** The form of the name is inferred, so is that it leads there. */
function providerNames({ kind, uncPrefix, provider }: Volume): Way[] {
  const registered = provider === undefined ? undefined : providerName(provider);
  if (kind === 'disk' || uncPrefix === undefined || registered === undefined) return NOTHING;
  return [{ kind: 'provider', path: providerPath(registered, uncPrefix), evidence: EVIDENCE.inferred }];
}

/** Whether its class has other claimants, or was seen to be answered by somebody else. */
interface Contest {
  readonly isLosing: boolean;
  readonly withServer: boolean;
}

const NO_CONTEST: Contest = { isLosing: false, withServer: false };

function contestOf({ kind, uncPrefix, home }: Volume, { claimants, winner, mup }: Claims): Contest {
  if (kind === 'disk' || uncPrefix === undefined) return NO_CONTEST;
  const name = classOf(uncPrefix);
  const rivals = claimants(name);
  const withServer = rivals?.has(SERVER) === true;
  // With a MUP of its own it meets no volume of anybody else: only a server can be its rival.
  if (mup(home) === 'own') return { isLosing: withServer && winner(name) !== home, withServer };
  const seen = winner(name);
  const isContested = seen !== undefined || (rivals !== undefined && rivals.size > 1);
  return { isLosing: isContested && seen !== home, withServer };
}

function standingOf(
  volume: Volume,
  viewer: Viewer,
  { isLosing, withServer }: Contest,
  { behaviour, mup }: Claims,
): Standing {
  const sharesMup = isShared(volume.home, viewer, mup, behaviour);
  // Where MUPs are not shared, only a server is a rival.
  return {
    volume,
    sharesMup,
    hasOwnMup: mup(volume.home) === 'own',
    isOutbid: isLosing && (sharesMup !== false || withServer),
  };
}

/** What was seen of both MUPs comes first; what was not seen is as it is documented, or as the world is told to be. */
function isShared(
  home: NamespaceId,
  viewer: Viewer,
  mup: Claims['mup'],
  { mupIsShared = true, mupIsSharedBetweenSilos = true }: MupBehaviour,
): Standing['sharesMup'] {
  const seen = viewer === 'home' ? [mup(home)] : [mup(home), viewer.mup];
  if (seen.includes('elsewhere')) return 'unknown';
  if (seen.includes('own')) return false;
  const isHost = viewer === 'home' ? home === HOST_NAMESPACE : viewer.kind === 'host';
  return mupIsShared && (isHost || mupIsSharedBetweenSilos);
}
