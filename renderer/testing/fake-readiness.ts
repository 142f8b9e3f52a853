import type { ReadinessCheck } from '../../shared/domain/readiness.ts';
import { WINFSP } from './fake-world.ts';

/** A host on which all is well but the disk, and the driver where it is stopped. */
export function fakeReadiness(fsdRunning: boolean): ReadinessCheck[] {
  return [
    { code: 'windows-build', state: 'ok', found: 'Windows Server 2022 Datacenter, build 20348.4405.' },
    { code: 'winfsp-installed', state: 'ok', found: `WinFsp is installed in ${WINFSP}.` },
    { code: 'winfsp-version', state: 'ok', found: 'WinFsp 2.1.25156: silos are known to it.' },
    fsdRunning
      ? { code: 'fsd-running', state: 'ok', found: 'The driver WinFsp+2.1.25156 runs.' }
      : {
          code: 'fsd-running',
          state: 'failed',
          found: 'The driver is installed, but stopped. A container cannot start it.',
          fix: 'Start it on the host; no administrator is needed.',
          command: 'sc.exe start WinFsp+2.1.25156',
          raw: 'SERVICE_NAME: WinFsp+2.1.25156\n        TYPE               : 2  FILE_SYSTEM_DRIVER\n        STATE              : 1  STOPPED',
        },
    { code: 'engine-reachable', state: 'ok', found: 'Docker Engine 28.5.1 answers.' },
    { code: 'engine-windows-mode', state: 'ok', found: 'The engine runs Windows containers.' },
    { code: 'process-isolation', state: 'ok', found: 'Process isolation is the default on this edition.' },
    { code: 'base-image', state: 'ok', found: 'servercore:ltsc2022 is here and matches the host build.' },
    {
      code: 'disk-space',
      state: 'warning',
      found: '11.2 GB are free where the engine keeps its images.',
      fix: 'A Server Core image needs about 5 GB, unpacked.',
      command: 'docker system df',
    },
  ];
}
