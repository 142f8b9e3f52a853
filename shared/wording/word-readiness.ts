import { assertNever } from '../base/assert-never.ts';
import type { CheckCode, ReadinessCheck } from '../domain/readiness.ts';
import type { ToldVersion } from '../domain/winfsp-version.ts';
import { escapeUntrusted } from './plain-text.ts';

/** A check as a heading. */
export function wordCheck(code: CheckCode): string {
  switch (code) {
    case 'windows-build':
      return 'Windows build';
    case 'winfsp-installed':
      return 'WinFsp installed';
    case 'winfsp-version':
      return 'WinFsp version';
    case 'fsd-running':
      return "WinFsp's driver (FSD)";
    case 'engine-reachable':
      return 'Docker Engine';
    case 'engine-windows-mode':
      return 'Windows containers';
    case 'process-isolation':
      return 'Process isolation';
    case 'base-image':
      return 'Base image';
    case 'disk-space':
      return 'Disk space';
    default:
      return assertNever(code, 'check');
  }
}

export function wordCheckState(state: ReadinessCheck['state']): string {
  switch (state) {
    case 'ok':
      return 'ready';
    case 'warning':
      return 'works, but';
    case 'failed':
      return 'not ready';
    case 'unknown':
      return 'could not be asked';
    default:
      return assertNever(state, 'check state');
  }
}

/** Who said which version of WinFsp this is. */
export function wordVersionSource({ source, service }: Pick<ToldVersion, 'source' | 'service'>): string {
  switch (source) {
    case 'fsptool':
      return 'fsptool ver';
    case 'dll-file':
      return "the DLL's file";
    case 'driver-file':
      return service === undefined
        ? "the driver's file"
        : `the file of the driver ${escapeUntrusted(service)}, which runs as well`;
    case 'installer':
      return "the installer's entry";
    default:
      return assertNever(source, 'version source');
  }
}

/** What to do where docker would speak TLS to the engine of this machine. */
export const engineTlsStep =
  "Take the engine's pipe: DOCKER_HOST=npipe:////./pipe/docker_engine, or `docker context use default` where a context names the endpoint and DOCKER_HOST is not set.";
