import { describe, expect, it } from 'vitest';
import { PROGRAMS, windowsFiles, winfspFiles } from './program-table.ts';

const INSTALLATION = { installDirectory: 'C:\\Program Files (x86)\\WinFsp', version: '2.1.25156', instance: '2.1' };

describe('the files of a Windows', () => {
  it.each(['host', 'servercore', 'server', 'windows', 'nanoserver'] as const)(
    'of kind %s name only programs that there are',
    kind => {
      const texts = Object.values({ ...windowsFiles(kind), ...winfspFiles(INSTALLATION) });
      const ids = texts.map(text => /^MZ siloscope-program (\S+)\n$/.exec(text)?.[1]).filter(id => id !== undefined);
      expect(ids.filter(id => !PROGRAMS.has(id))).toEqual([]);
      expect(ids).toContain('cmd');
    },
  );

  it('are none for Linux', () => {
    expect(windowsFiles('linux')).toEqual({});
  });

  it('lack PowerShell and the 32-bit libraries in Nano Server', () => {
    const names = Object.keys(windowsFiles('nanoserver')).join('\n');
    expect([/powershell/i.test(names), /SysWOW64/i.test(names), /shell32/i.test(names)]).toEqual([false, false, false]);
  });

  it('are everywhere different paths, whatever the case', () => {
    const paths = Object.keys(windowsFiles('servercore')).map(path => path.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe('the files of WinFsp', () => {
  it('are none where it is not installed', () => {
    expect(winfspFiles({ ...INSTALLATION, installed: false })).toEqual({});
  });

  it('carry the side-by-side id beside the DLL', () => {
    expect(winfspFiles(INSTALLATION)['C:\\Program Files (x86)\\WinFsp\\bin\\winfsp-x64.sxs']).toBe('2.1\n');
  });
});
