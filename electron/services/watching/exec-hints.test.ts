import { describe, expect, it } from 'vitest';
import { ExecHints } from './exec-hints.ts';

describe('a program started by docker exec', () => {
  it.each([
    ['exec_start: C:\\WinFsp\\bin\\memfs-x64.exe -i -m Y:', true],
    ['exec_start: cmd.exe', true],
    ['exec_create: C:\\WinFsp\\bin\\memfs-x64.exe -i -m Y:', false],
    ['exec_die', false],
    ['exec_start: "C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe" lsvol', false],
    ['exec_start: cmd.exe /d /c dir %SILOSCOPE_PATH%', false],
    ['start', false],
  ])('%s: worth a look %s', (action, expected) => {
    expect(new ExecHints().isWorthALook('a', action, 0)).toBe(expected);
  });

  it('that comes again and again is no news, until ten minutes have passed', () => {
    const hints = new ExecHints();
    const seen = [0, 1, 2, 3, 4].map(at => hints.isWorthALook('a', 'exec_start: check.cmd', at * 30_000));
    expect(seen).toEqual([true, true, true, false, false]);
    expect(hints.isWorthALook('b', 'exec_start: check.cmd', 120_000)).toBe(true);
    expect(hints.isWorthALook('a', 'exec_start: memfs-x64.exe -m Y:', 120_000)).toBe(true);
    expect(hints.isWorthALook('a', 'exec_start: check.cmd', 700_000)).toBe(true);
  });
});
