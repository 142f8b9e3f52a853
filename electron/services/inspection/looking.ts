import { FaultError } from '../../../shared/contract/fault.ts';
import type { Evidence, EvidenceRank, OpenedBy } from '../../../shared/domain/evidence.ts';
import type { WayName } from '../../../shared/domain/inspection.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { parseUncPrefix, uncPath } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath, providerName, providerPath } from '../../../shared/domain/volume-names.ts';
import type { ProbeAnswer, ProbeTarget } from '../../hosts/host.ts';
import { cmdInContainer } from '../engine/cmd-in-container.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import { judgeDir, judgeType } from './judge-dir.ts';

/** Where a volume is looked for, and what for. */
export interface Look {
  readonly way: WayName;
  /** How the host asks for the same. */
  readonly target: ProbeTarget;
  /** The file with the token, relative to the root, and the token; absent: only the root is opened. */
  readonly canary?: { readonly file: string; readonly token: string };
}

/** That much of a listing proves that somebody answers. */
const ENOUGH_BYTES = 65_536;

/** Hard limit of one look. */
const LOOK_MS = 3_000;

/** The provider-directed look: no prefix resolution, so no name goes out on the network. Of WinFsp's providers only. */
export function providerLook(volume: Volume, canary?: Look['canary']): Look | undefined {
  const provider = volume.provider === undefined ? undefined : providerName(volume.provider);
  if (provider === undefined || volume.uncPrefix === undefined) return undefined;
  return {
    way: { kind: 'provider', path: providerPath(provider, volume.uncPrefix) },
    target: { by: 'provider', provider, uncPrefix: volume.uncPrefix, rest: canary?.file ?? '' },
    ...(canary === undefined ? {} : { canary }),
  };
}

/** The same look at the root alone. */
export function withoutToken({ way, target }: Look): Look {
  return { way, target: { ...target, rest: '' } };
}

/** The look by the volume's own device, which only its namespace has. For a disk volume. */
export function deviceLook({ device }: Volume): Look {
  return { way: { kind: 'provider', path: devicePath(device) }, target: { by: 'device', device, rest: '' } };
}

/**
 * The look by the plain UNC name; only because the user asked for it, and only by a name that WinFsp would take: `.` and
 * `?` are no classes but ways out of MUP.
 */
export function uncLook(volume: Volume, canary?: Look['canary']): Look | undefined {
  const parsed = volume.uncPrefix === undefined ? undefined : parseUncPrefix(volume.uncPrefix);
  if (volume.uncPrefix === undefined || parsed?.ok !== true || /^[.?]+$/.test(parsed.class)) return undefined;
  return {
    way: { kind: 'unc', path: uncPath(volume.uncPrefix) },
    target: { by: 'unc', uncPrefix: volume.uncPrefix, rest: canary?.file ?? '', askedByUser: true },
    ...(canary === undefined ? {} : { canary }),
  };
}

/** The look by a drive letter, which means something else in every namespace. */
export function driveLook(mountPoint: string, canary?: Look['canary']): Look {
  return {
    way: { kind: 'drive', path: mountPoint },
    target: { by: 'drive', mountPoint, rest: canary?.file ?? '' },
    ...(canary === undefined ? {} : { canary }),
  };
}

/** What came of a look: `yes` it was reached (with a token: it is the same volume), `no`, or no answer. */
export interface Looked {
  readonly visible: Observation['visible'];
  readonly evidence: Evidence;
  readonly by: OpenedBy;
  /** The host could tell that it is a WinFsp volume, or that it is none. */
  readonly winfsp?: boolean;
}

/** Looks from a namespace. Never rejects but for `cancelled`; undefined where nobody can look. */
export async function lookFrom(
  around: Surroundings,
  view: NamespaceView,
  look: Look,
  signal?: AbortSignal,
): Promise<Looked | undefined> {
  const at = new Date(around.clock.now()).toISOString();
  const started = around.clock.now();
  const rank: EvidenceRank = look.canary === undefined ? 'probe' : 'canary';
  const isHost = view.namespace.id === HOST_NAMESPACE;
  const by: OpenedBy = isHost ? 'probe' : look.canary === undefined ? 'dir' : 'type';
  const told = (visible: Looked['visible'], detail: string, winfsp?: boolean): Looked => ({
    visible,
    by,
    evidence: { rank, ground: 'observed', at, elapsedMs: Math.max(0, around.clock.now() - started), detail },
    ...(winfsp === undefined ? {} : { winfsp }),
  });
  try {
    if (isHost) {
      const options = {
        timeoutMs: LOOK_MS,
        readBytes: look.canary === undefined ? 0 : 1_024,
        ...(signal === undefined ? {} : { signal }),
      };
      return fromHost(await around.host.probe(look.target, options), look, told);
    }
    if (view.container === undefined) return undefined;
    return await fromContainer(around, view.container.ref.id, look, told, signal);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    const why = error.fault.code === 'timed-out' ? `no answer in ${LOOK_MS} ms` : error.fault.code;
    return told('unknown', `${look.way.path}: ${why}`);
  }
}

type Told = (visible: Looked['visible'], detail: string, winfsp?: boolean) => Looked;

function fromHost(answer: ProbeAnswer, look: Look, told: Told): Looked {
  switch (answer.outcome) {
    case 'opened': {
      if (look.canary === undefined)
        return told('yes', `${answer.path}: opened, ${answer.winfsp ? '' : 'not '}recognised as WinFsp`, answer.winfsp);
      const read = Buffer.from(answer.content ?? new Uint8Array()).toString('latin1');
      return read.includes(look.canary.token)
        ? told('yes', `${answer.path}: the token was read back`, answer.winfsp)
        : told('no', `${answer.path}: opened, but the token is not in it`, answer.winfsp);
    }
    case 'not-found':
      return told('no', `${answer.path}: ${answer.statusName}`);
    case 'denied':
    case 'failed':
      return told('unknown', `${answer.path}: ${answer.statusName}`);
    case 'timed-out':
      return told('unknown', `${answer.path}: no answer in ${LOOK_MS} ms`);
  }
}

async function fromContainer(
  around: Surroundings,
  container: string,
  look: Look,
  told: Told,
  signal?: AbortSignal,
): Promise<Looked> {
  const { canary } = look;
  const path = `${look.way.path}\\${canary?.file ?? ''}`;
  // Of a listing its beginning is enough, however long it is; a token's file is short, or it is another's.
  const options = { timeoutMs: LOOK_MS, signal, enough: ENOUGH_BYTES };
  const answer = await cmdInContainer(around, container, canary === undefined ? 'dir' : 'type', path, options);
  if (answer === undefined) return told('unknown', 'the name cannot be given to a program safely');
  const outcome = canary === undefined ? judgeDir(answer) : judgeType(answer);
  const said = `${path}: ${(answer.stderr.trim() || answer.stdout.trim()).slice(0, 300)}`;
  if (outcome === 'not-found') return told('no', said);
  if (outcome !== 'answered') return told('unknown', said);
  if (canary === undefined) return told('yes', `${path}: listed`);
  return answer.stdout.includes(canary.token)
    ? told('yes', `${path}: the token was read back`)
    : told('no', `${path}: opened, but the token is not in it`);
}
