import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElevatedAct, ElevationPurpose, grants, isGuardedPath } from '../../shared/domain/elevation.ts';
import { type ElevatedMeans, performElevated } from './elevated-acts.ts';
import type { ObjectNamespace } from './host.ts';

const links: Readonly<Record<string, string>> = { '\\Silos\\7\\Device\\Mup': '\\Device\\Mup' };
const objects: ObjectNamespace = {
  list: async path => ({ entries: [{ name: path, type: 'Directory' }] }),
  readLink: async path => {
    const target = links[path];
    return target === undefined ? { refused: 'wrong-type' } : { target };
  },
};

function means(winfspFolder?: string): ElevatedMeans & { readonly ran: (readonly string[])[] } {
  const ran: (readonly string[])[] = [];
  return {
    ran,
    objects,
    systemFolder: 'C:\\Windows\\System32',
    winfspFolder: async () => winfspFolder,
    run: async argv => {
      ran.push(argv);
      return { argv, exitCode: 0, stdout: '', stderr: '', elapsedMs: 1 };
    },
  };
}

describe('what is done as an administrator', () => {
  it.each([
    [{ act: 'list-compute-systems' }, 'look-into-silos', ['C:\\Windows\\System32\\hcsdiag.exe', 'list', '-raw']],
    [{ act: 'unload-fsd' }, 'unload-fsd', ['C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe', 'unload']],
    [
      { act: 'start-engine-service', service: 'docker' },
      'start-engine',
      ['C:\\Windows\\System32\\sc.exe', 'start', 'docker'],
    ],
  ] as const)('%j is one fixed command line', async (act, purpose, argv) => {
    const given = means('C:\\Program Files (x86)\\WinFsp\\');
    await performElevated(purpose, act, given);
    expect(given.ran).toEqual([argv]);
  });

  it.each([undefined, '', '\\\\server\\share\\WinFsp', 'WinFsp', 'C:\\a"b', 'C:\\a\nb'])(
    'no program of WinFsp is run where the registry says it is in %j',
    async folder => {
      const given = means(folder);
      const asked = performElevated('unload-fsd', { act: 'unload-fsd' }, given);
      await expect(asked).rejects.toMatchObject({ fault: { code: 'winfsp-not-installed' } });
      expect(given.ran).toEqual([]);
    },
  );

  it('is nothing that the purpose does not grant', async () => {
    for (const purpose of ElevationPurpose.options) {
      for (const act of [
        { act: 'list-compute-systems' },
        { act: 'unload-fsd' },
        { act: 'start-engine-service', service: 'docker' },
      ] as const) {
        const given = means('C:\\WinFsp');
        const asked = performElevated(purpose, act, given);
        if (grants(purpose, act)) await asked;
        else await expect(asked).rejects.toMatchObject({ fault: { code: 'access-denied' } });
        expect(given.ran).toHaveLength(grants(purpose, act) ? 1 : 0);
      }
    }
  });

  it.each([
    [
      { act: 'list-objects', path: '\\Silos' },
      { kind: 'entries', entries: [{ name: '\\Silos', type: 'Directory' }] },
    ],
    [
      { act: 'list-objects', path: '\\Silos\\7\\Device\\Mup' },
      { kind: 'refused', refused: 'wrong-type' },
    ],
    [
      { act: 'list-objects', path: '\\Silos\\7\\Device\\Mup\\;x' },
      { kind: 'refused', refused: 'wrong-type' },
    ],
    [
      { act: 'read-link', path: '\\Silos\\7\\Device\\Mup' },
      { kind: 'target', target: '\\Device\\Mup' },
    ],
    [
      { act: 'read-link', path: '\\Silos\\7\\Device\\Mup\\x' },
      { kind: 'refused', refused: 'wrong-type' },
    ],
  ] as const)('%j goes through no link, and answers %j', async (act, answer) => {
    expect(await performElevated('look-into-silos', act, means())).toEqual(answer);
  });

  it('leads to no path but those below two directories', () => {
    const part = fc.string({ unit: fc.constantFrom('\\', 'S', 'i', '.', '/', ':', '\0', '\n', '1', '?') });
    fc.assert(
      fc.property(
        fc.constantFrom('\\Silos', '\\Sessions\\0\\DosDevices', '\\Device', '', '\\silos'),
        part,
        (root, rest) => {
          const path = `${root}${rest}`;
          const parsed = ElevatedAct.safeParse({ act: 'list-objects', path });
          expect(parsed.success).toBe(isGuardedPath(path));
          if (!parsed.success) return;
          expect(path.toLowerCase()).toMatch(/^\\(silos|sessions\\0\\dosdevices)(\\|$)/);
          expect(path).not.toMatch(/\\\\|\\$|[\0\n]/);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
