import { systemClock } from '../../../shared/base/clock.ts';
import { Scenario } from '../../hosts/simulated/scenario/schema.ts';
import { createSimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { createServices } from '../../services/services.ts';
import { mebibytes, milliseconds, type Row } from './table.ts';

const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';

/** So many containers, each with one network volume of a class of its own. */
function crowd(count: number): Scenario {
  return Scenario.parse({
    name: `${count} silos`,
    winfsp: { fsd: 'running' },
    images: [{ reference: IMAGE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: Array.from({ length: count }, (_, index) => ({
      name: `c${index}`,
      image: IMAGE,
      fileSystems: [
        { commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u \\class${index}\\share`, files: {} },
      ],
    })),
  });
}

/** What is in use after a collection, and what the system has given so far: V8 hands little of it back. */
function memory(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return `${mebibytes(heapUsed)} of heap and ${mebibytes(rss)} resident after it`;
}

/** A full inspection (inventory and object namespace of every silo, judged and explained), and what the process then weighs. */
export async function measureInspection(silos: number): Promise<{ readonly row: Row; readonly ms: number }> {
  const host = await createSimulatedHost({ scenario: crowd(silos) });
  const services = createServices(host, { clock: systemClock });
  try {
    const { signal } = new AbortController();
    const started = performance.now();
    const inspection = await services.handlers['inspection.take'](
      { probe: false, canary: false, plainUnc: false, elevate: 'no' },
      { signal, progress: () => undefined },
    );
    const ms = performance.now() - started;
    const leaked = inspection.volumes.filter(volume => volume.verdict === 'leaked').length;
    if (leaked !== silos) throw new Error(`bench: ${leaked} of ${silos} volumes were found leaked`);
    const cells = inspection.volumes.length * inspection.namespaces.length;
    return {
      ms,
      row: {
        what: `full inspection of ${silos} silos, one network volume each (${cells} cells)`,
        ours: `${milliseconds(ms)}, ${memory()}`,
      },
    };
  } finally {
    await services.dispose();
    await host.dispose();
  }
}
