import { describe, expect, it } from 'vitest';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';
import { namesElsewhere, withoutOwnGroups } from './names-elsewhere.ts';

const ran = (argv: readonly string[], stdout: string): RecordedAnswer => ({
  ask: 'run',
  argv: [...argv],
  elapsedMs: 1,
  answer: { exitCode: 0, stdout, stderr: '' },
});

describe('names that a recording would give away', () => {
  it('are servers of net use, private registries and proxies, and no class of WinFsp', () => {
    const answers: readonly RecordedAnswer[] = [
      ran(
        ['net.exe', 'use'],
        'Status  Lokal  Remote\r\nOK      Y:     \\\\memfs\\share   WinFsp\r\nOK      Z:     \\\\files.corp.example\\all   Microsoft Windows Network\r\n',
      ),
      ran(
        ['C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe', 'lsvol'],
        'Y:  \\Device\\Volume{50cfe046-8503-403b-b89c-eb20bd9edf23}\\memfs\\share\n',
      ),
      {
        ask: 'get',
        path: '/images/json',
        elapsedMs: 1,
        answer: {
          body: [
            { RepoTags: ['mcr.microsoft.com/windows/servercore:ltsc2022', 'library/x:1'] },
            { RepoTags: ['registry.corp.example:5000/team/app:1'], RepoDigests: null },
          ],
        },
      },
      {
        ask: 'get',
        path: '/info',
        elapsedMs: 1,
        answer: {
          body: { Name: 'BUILD-7', HttpProxy: 'http://me:x@proxy.corp.example:3128', NoProxy: '.inner, other-box' },
        },
      },
    ];
    expect(namesElsewhere(answers)).toEqual([
      'files.corp.example',
      'registry.corp.example',
      'BUILD-7',
      'proxy.corp.example',
      'inner',
      'other-box',
    ]);
  });

  it('are groups of a domain, not those that every Windows has', () => {
    const line = (name: string, sid: string): string => `${name.padEnd(30)} Group   ${sid}  Enabled group\r\n`;
    const kept = `${line('Everyone', 'S-1-1-0')}${line('BUILTIN\\Users', 'S-1-5-32-545')}`;
    const high = line('Mandatory Label\\High', 'S-1-16-12288');
    const own = `${line('CORP\\Project Moonshot', 'S-1-5-21-1-2-3-1104')}${line('AzureAD\\X', 'S-1-12-1-1-2-3-4')}`;
    expect(withoutOwnGroups(`${kept}${own}${high}`)).toBe(`${kept}${high}`);
  });
});
