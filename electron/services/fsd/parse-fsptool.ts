import { textLines } from '../../../shared/domain/text-lines.ts';

/** A volume of the namespace in which `fsptool lsvol` ran. */
export interface ListedVolume {
  /** `\Device\Volume{guid}`. */
  readonly device: string;
  /** `\class\instance`; network volumes only. */
  readonly uncPrefix?: string;
  /** The one drive letter that fsptool names, e.g. `Y:`. It looks from Z down and prints the first that fits. */
  readonly mountPoint?: string;
}

/** An FSD driver of `fsptool lsdrv`. */
export interface ListedDriver {
  readonly service: string;
  readonly running: boolean;
}

/**
 * Reads `fsptool lsvol`. A line is `Y:  \Device\Volume{guid}\class\instance`: drive, `-` or blanks in four columns, then the
 * volume's name, which carries the prefix from its third backslash on. Ground: winfsp src/fsptool/fsptool.c lsvol_dev.
 * Total: other lines are left out; a device named twice counts once.
 */
export function parseLsvol(text: string): readonly ListedVolume[] {
  const found = new Map<string, ListedVolume>();
  for (const line of textLines(text)) {
    const match = /^(?:([A-Za-z]:)|-)?\s*(\\Device\\Volume\{[0-9a-fA-F-]{36}\})(\\.*)?$/.exec(line);
    if (match === null) continue;
    const [, drive, device = '', prefix] = match;
    if (found.has(device.toLowerCase())) continue;
    found.set(device.toLowerCase(), {
      device,
      ...(prefix === undefined || prefix === '\\' ? {} : { uncPrefix: prefix }),
      ...(drive === undefined ? {} : { mountPoint: drive.toUpperCase() }),
    });
  }
  return [...found.values()];
}

/** Reads `fsptool lsdrv`: `R   WinFsp+2.1` is running, `-   WinFsp+2.1` is not. Total. */
export function parseLsdrv(text: string): readonly ListedDriver[] {
  const found: ListedDriver[] = [];
  for (const line of textLines(text)) {
    const match = /^([R-])\s{1,8}(WinFsp(?:\+\S{1,64})?)$/i.exec(line);
    if (match === null) continue;
    found.push({ running: match[1] !== '-', service: match[2] ?? '' });
  }
  return found;
}

/** Reads `fsptool ver`: `2.1` or `2.1 (SxS=20250518T120000Z)`. Undefined when it says neither. */
export function parseVer(text: string): { readonly version: string; readonly instance?: string } | undefined {
  for (const line of textLines(text)) {
    const match = /^(\d+(?:\.\d+)+)(?:\s+\(SxS=([^)\s]+)\))?$/.exec(line.trim());
    if (match === null) continue;
    const [, version = '', instance] = match;
    return { version, ...(instance === undefined ? {} : { instance }) };
  }
  return undefined;
}
