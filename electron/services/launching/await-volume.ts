import { sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { decode, decodeExitCode } from '../../../shared/domain/error-decoder.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { containerOutput } from '../engine/container-output.ts';
import { type InspectedContainer, inspectContainer } from '../engine/containers.ts';
import { execInContainer } from '../engine/exec.ts';
import { winfspTool } from '../fsd/discover-fsd.ts';
import { parseLsvol } from '../fsd/parse-fsptool.ts';
import { findHome } from '../silos/find-home.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Preflight } from './preflight.ts';

const FIRST_LOOK_MS = 10;
const LONGEST_LOOK_MS = 500;

/** Waits for the volume by `fsptool lsvol` in the silo. Rejects when the program ends first, or nothing comes in time. */
export async function awaitVolume(
  around: Surroundings,
  container: string,
  ready: Preflight,
  waitMs: number,
  signal?: AbortSignal,
): Promise<{ readonly volumes: readonly Volume[]; readonly inspected: InspectedContainer }> {
  const fsptool = winfspTool(ready.fsd.installDirectory, 'fsptool-x64.exe');
  const deadline = around.clock.now() + waitMs;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LONGEST_LOOK_MS)) {
    const left = Math.max(500, Math.min(5_000, deadline - around.clock.now()));
    const listed = await execInContainer(around.connection, around.clock, {
      container,
      argv: [fsptool, 'lsvol'],
      timeoutMs: left,
      signal,
    }).catch((error: unknown) => {
      // A container that has just ended, or is too busy to answer: the record of it tells which.
      const passing = error instanceof FaultError && ['engine-refused', 'timed-out'].includes(error.fault.code);
      if (passing) return undefined;
      throw error;
    });
    const found = listed?.exitCode === 0 ? parseLsvol(listed.stdout) : [];
    const inspected = await inspectContainer(around.connection, container, { signal });
    if (!inspected.running) throw await endedEarly(around, inspected);
    if (found.length > 0) {
      const home = await findHome(around, found[0]?.device ?? '', ready.namespaces, signal);
      const volumes = found.map(volume => asVolume(volume, home, ready, found.length, inspected.processId));
      return { volumes, inspected };
    }
    if (around.clock.now() >= deadline) {
      const output = await containerOutput(around.connection, container, { lines: 40 });
      throw new FaultError({ code: 'volume-did-not-appear', container: inspected.ref.name, afterMs: waitMs, output });
    }
    await sleep(around.clock, pause, signal);
  }
}

function asVolume(
  listed: ReturnType<typeof parseLsvol>[number],
  home: { readonly siloId: number; readonly provider?: string } | undefined,
  ready: Preflight,
  count: number,
  processId: number,
): Volume {
  const { command } = ready;
  const program = /[^\\/]*$/.exec(command.argv[0] ?? '')?.[0] ?? '';
  const asked =
    count === 1 && command.mountPoint !== undefined && command.mountPoint !== '*' ? [command.mountPoint] : [];
  const mountPoints = [
    ...new Set([
      ...(listed.mountPoint === undefined ? [] : [listed.mountPoint]),
      ...asked.map(one => (/^[a-z]:$/.test(one) ? one.toUpperCase() : one)),
    ]),
  ];
  return {
    device: listed.device,
    kind: listed.uncPrefix === undefined ? 'disk' : 'network',
    // Unreadable silo ids are stood in for by the process id, as in an inspection.
    home: `silo:${home?.siloId ?? Math.max(1, processId)}`,
    ...(listed.uncPrefix === undefined ? {} : { uncPrefix: listed.uncPrefix }),
    ...(listed.uncPrefix === undefined || home?.provider === undefined
      ? {}
      : { provider: `\\Device\\${home.provider}` }),
    mountPoints,
    fileSystem: { program, ...(processId > 0 ? { processId } : {}) },
  };
}

async function endedEarly(around: Surroundings, inspected: InspectedContainer): Promise<FaultError> {
  const output = await containerOutput(around.connection, inspected.ref.id, { lines: 40 });
  const decoded = decode(output) ?? decode(inspected.error) ?? decodeExitCode(inspected.exitCode);
  return new FaultError({
    code: 'file-system-ended',
    container: inspected.ref.name,
    exitCode: inspected.exitCode,
    output: output === '' ? inspected.error : output,
    ...(decoded === undefined ? {} : { decoded }),
  });
}
