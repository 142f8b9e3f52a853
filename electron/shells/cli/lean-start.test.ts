import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Every file and package that loading a file loads with it: what is imported for its types is not, nor what is imported later. */
function loadedBy(file: URL, seen = new Set<string>()): Set<string> {
  const source = readFileSync(file, 'utf8');
  for (const [, from = ''] of source.matchAll(/^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)';/gm)) {
    if (!from.startsWith('.')) {
      seen.add(from);
      continue;
    }
    const next = new URL(from, file);
    const path = fileURLToPath(next);
    if (seen.has(path)) continue;
    seen.add(path);
    loadedBy(next, seen);
  }
  return seen;
}

const entry = (name: string): string[] => [...loadedBy(new URL(name, import.meta.url))];

describe('the command line starts lean', () => {
  it('the version needs nothing but itself', () => {
    expect(entry('./main.ts')).toEqual([fileURLToPath(new URL('../serving/version.ts', import.meta.url))]);
  });

  it('help and a client of a running Siloscope load no host, no engine and no server', () => {
    const loaded = entry('./own-process.ts');
    expect(loaded.length).toBeGreaterThan(100);
    const packages = ['koffi', 'ssh2', 'ssh-config', 'dockerode', 'ws', 'tar-stream', 'dockerfile-ast'];
    const folders =
      /[\\/]electron[\\/](hosts[\\/](simulated[\\/](kernel|engine|programs)|remote|this-machine)|services[\\/]services\.ts)/;
    expect(loaded.filter(one => packages.includes(one) || folders.test(one))).toEqual([]);
  });

  it('a command that opens a host loads no host but that one', () => {
    const loaded = entry('../serving/local-services.ts');
    expect(loaded).toContain('dockerode');
    const folders =
      /[\\/]electron[\\/]hosts[\\/](simulated[\\/](kernel|engine|programs)|remote[\\/]remote-host|this-machine[\\/]this-machine)/;
    expect(loaded.filter(one => ['koffi', 'ssh2', 'ws'].includes(one) || folders.test(one))).toEqual([]);
  });
});
