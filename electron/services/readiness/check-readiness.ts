import { FaultError } from '../../../shared/contract/fault.ts';
import type { ImageRow } from '../../../shared/domain/image-row.ts';
import { preferredImage } from '../../../shared/domain/preferred-image.ts';
import type { Fsd, ReadinessCheck } from '../../../shared/domain/readiness.ts';
import { judgeWinFspVersion, type WinFspVerdict } from '../../../shared/domain/winfsp-version.ts';
import { checkWords } from '../../../shared/wording/check-words.ts';
import type { Host } from '../../hosts/host.ts';
import { canBeAsked } from '../elevation/can-be-asked.ts';
import { askEngine, type EngineCondition } from '../engine/engine-state.ts';
import { readImageRows } from '../engine/image-rows.ts';
import { stoppedEngineService } from '../engine/start-engine.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { type FsdTrouble, readFsdTrouble } from '../fsd/read-fsd-trouble.ts';
import { readWinFspVersions, type WinFspVersions } from '../fsd/read-winfsp-versions.ts';
import { mayOpenOn } from '../leads-to-partition.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import type { Surroundings } from '../surroundings.ts';
import { parseFreeBytes } from './parse-free-bytes.ts';

/** WinFsp's container support starts here. Ground: WinFsp-Container-Support.asciidoc. */
const FIRST_BUILD = 17_763;
const LOW_BYTES = 10_737_418_240;
const NO_BYTES = 1_073_741_824;
const DRIVE = 'C:';

type State = ReadinessCheck['state'];

/** Asks everything a launch depends on. `ready`: nothing failed, and nothing that matters is unknown. */
export async function checkReadiness(
  around: Surroundings,
  signal?: AbortSignal,
): Promise<{ readonly ready: boolean; readonly checks: ReadinessCheck[] }> {
  const { host, connection } = around;
  const [{ fsd, versions }, engine, freeBytes] = await Promise.all([
    readWinFsp(host, signal),
    askEngine(connection, { signal }),
    readFreeBytes(host, signal),
  ]);
  const version = judgeWinFspVersion(versions.told);
  const isInstalled = fsd.installDirectory !== undefined;
  const image = await bestImage(around, engine, signal);
  const stopped = fsd.state === 'stopped' ? fsd.service : undefined;
  const trouble = stopped === undefined ? {} : await readFsdTrouble(host, stopped, signal);
  const service = engine.kind === 'stopped' ? await stoppedService(host, signal) : undefined;
  const isEnough = host.facts.build >= FIRST_BUILD;
  const answers = engine.kind === 'ready' || engine.kind === 'wrong-mode';
  const { state } = engine;
  const checks: ReadinessCheck[] = [
    { code: 'windows-build', state: isEnough ? 'ok' : 'failed', ...checkWords.build(host.facts, isEnough) },
    {
      code: 'winfsp-installed',
      state: isInstalled ? 'ok' : 'failed',
      ...checkWords.installed(fsd),
    },
    {
      code: 'winfsp-version',
      state: version.verdict === 'ok' && versions.awaitsRestart ? 'warning' : VERSION_STATES[version.verdict],
      ...checkWords.version(version, { isInstalled, awaitsRestart: versions.awaitsRestart }),
      ...(versions.told.length === 0 ? {} : { versions: [...versions.told] }),
    },
    { code: 'fsd-running', state: fsdCheck(fsd, trouble), ...checkWords.fsd(fsd, trouble) },
    {
      code: 'engine-reachable',
      state: answers ? 'ok' : 'failed',
      ...checkWords.engine(state, engine.kind, service),
      ...(service === undefined ? {} : canBeAsked(host, 'start-engine')),
      ...(state.reason === undefined ? {} : { raw: state.reason }),
    },
    {
      code: 'engine-windows-mode',
      state: !answers ? 'unknown' : engine.kind === 'ready' ? 'ok' : 'failed',
      ...checkWords.mode(answers ? state.osType : undefined),
    },
    {
      code: 'process-isolation',
      state: engine.kind === 'ready' ? 'ok' : 'unknown',
      ...checkWords.isolation(engine.kind === 'ready' ? (state.defaultIsolation ?? 'process') : undefined),
    },
    {
      code: 'base-image',
      state: image === undefined ? 'unknown' : image.row === undefined ? 'failed' : image.row.local ? 'ok' : 'warning',
      ...(image === undefined ? checkWords.isolation(undefined) : checkWords.image(image.row)),
    },
    {
      code: 'disk-space',
      state: diskCheck(freeBytes),
      ...checkWords.disk(DRIVE, freeBytes, (freeBytes ?? LOW_BYTES) < LOW_BYTES),
    },
  ];
  // A stopped FSD is started by the launch itself, and a missing image is pulled by it: both are warnings.
  // A WinFsp of unknown version could be one that crashes the host: it is as good as too old until something tells.
  const isReady = version.verdict !== 'unknown' && checks.every(check => check.state !== 'failed');
  return { ready: isReady, checks };
}

const VERSION_STATES: Readonly<Record<WinFspVerdict['verdict'], State>> = {
  unknown: 'unknown',
  'too-old': 'failed',
  ok: 'ok',
  differs: 'warning',
};

/** The driver, and every word on its version that can be had. */
async function readWinFsp(
  host: Host,
  signal?: AbortSignal,
): Promise<{ readonly fsd: Fsd; readonly versions: WinFspVersions }> {
  const fsd = await discoverFsd(host, signal);
  return { fsd, versions: await readWinFspVersions(host, fsd, signal) };
}

/** Where the SCM tells this user nothing, no service is known to be stopped. */
function stoppedService(host: Host, signal?: AbortSignal): ReturnType<typeof stoppedEngineService> {
  return stoppedEngineService(host, signal).catch((caught: unknown) => {
    if (caught instanceof FaultError && caught.fault.code === 'access-denied') return undefined;
    throw caught;
  });
}

function fsdCheck(fsd: Fsd, { missingFile }: FsdTrouble): State {
  if (fsd.state === 'running') return 'ok';
  return fsd.state === 'not-installed' || missingFile !== undefined ? 'failed' : 'warning';
}

function diskCheck(free: number | undefined): State {
  if (free === undefined) return 'unknown';
  return free < NO_BYTES ? 'failed' : free < LOW_BYTES ? 'warning' : 'ok';
}

async function bestImage(
  around: Surroundings,
  engine: EngineCondition,
  signal?: AbortSignal,
): Promise<{ readonly row: ImageRow | undefined } | undefined> {
  if (engine.kind !== 'ready') return undefined;
  const at = new Date(around.clock.now()).toISOString();
  const rows = await readImageRows(around.connection, around.host.facts, at, { signal });
  return { row: preferredImage(rows) };
}

async function readFreeBytes(host: Host, signal?: AbortSignal): Promise<number | undefined> {
  try {
    if (!(await mayOpenOn(host, DRIVE, signal))) return undefined;
    const ran = await runIfThere(host, ['cmd.exe', '/d', '/c', 'dir', `${DRIVE}\\`], runOptions(signal, 10_000));
    return ran?.exitCode === 0 ? parseFreeBytes(ran.stdout) : undefined;
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === 'timed-out') return undefined;
    throw error;
  }
}
