import { describe, expect, it } from 'vitest';
import { matchCommands, type PaletteCommand } from './palette-commands.ts';

const command = (title: string, line: string): PaletteCommand => ({ title, line, run: () => undefined });
const commands = [
  command('Look who sees which volume', 'siloscope inspect'),
  command('Look and open each volume', 'siloscope inspect --probe'),
  command('Launch memfs, as a disk', 'siloscope launch memfs-disk'),
  command('Watch what happens after a launch', 'siloscope watch'),
  command('Dark theme', ''),
];

describe('the palette', () => {
  it.each([
    ['', 5, 'siloscope inspect'],
    ['inspect', 2, 'siloscope inspect'],
    ['siloscope launch', 2, 'siloscope launch memfs-disk'],
    ['probe', 1, 'siloscope inspect --probe'],
    ['dark', 1, ''],
    ['xyzzy', 0, undefined],
  ])('answers %j with %d commands, first %j', (typed, count, first) => {
    const found = matchCommands(commands, typed);
    expect([found.length, found[0]?.line]).toEqual([count, first]);
  });
});
