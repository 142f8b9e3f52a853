import { localSystemIn } from './local-system.ts';
import type { Machine, SiloId } from './machine.ts';

/**
 * Writes files into a volume from inside its own silo, by the name its mount points lead to. Paths are relative to
 * the volume's root; directories on the way are made.
 */
export async function writeVolumeFiles(
  machine: Machine,
  silo: SiloId,
  volume: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const win32 = machine.win32(localSystemIn(silo));
  const made = new Set<string>();
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split(/[\\/]+/).filter(part => part !== '');
    let place = `\\\\?\\GLOBALROOT${volume}`;
    for (const directory of parts.slice(0, -1)) {
      place = `${place}\\${directory}`;
      if (made.has(place.toUpperCase())) continue;
      made.add(place.toUpperCase());
      await win32.createDirectory(place);
    }
    await win32.write(`${place}\\${parts.at(-1) ?? ''}`, Buffer.from(text, 'utf8'), 'replace');
  }
}
