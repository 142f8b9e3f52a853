import { describe, expect, it } from 'vitest';
import type { FindingFact } from '../domain/findings.ts';
import { Finding, type FindingCode } from '../domain/inspection.ts';
import type { Namespace } from '../domain/namespace.ts';
import { wordFindings } from './word-finding.ts';

const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  { id: 'silo:4', kind: 'silo', label: 'a' },
  { id: 'silo:8', kind: 'silo', label: 'b\u202e' },
  { id: 'vm:0123456789ab', kind: 'vm', label: 'v' },
];
const both = { volumes: ['1', '2'], namespaces: ['silo:4', 'silo:8'] } as const;
const facts: { readonly [C in FindingCode]: Extract<FindingFact, { code: C }> } = {
  'unc-leak': {
    code: 'unc-leak',
    severity: 'serious',
    volumes: ['1'],
    namespaces: ['host', 'silo:8'],
    home: 'silo:4',
    uncPrefix: '\\memfs\\share',
    mountPoint: 'Y:',
    program: 'memfs',
    seenFrom: ['host', 'silo:8'],
  },
  'class-collision': {
    code: 'class-collision',
    severity: 'warning',
    ...both,
    class: 'memfs',
    program: 'memfs',
    proposal: '\\memfs-2\\share',
  },
  'prefix-collision': {
    code: 'prefix-collision',
    severity: 'serious',
    ...both,
    uncPrefix: '\\memfs\\share',
    proposal: '\\memfs-2\\share',
  },
  'shadows-server': {
    code: 'shadows-server',
    severity: 'serious',
    volumes: ['1'],
    namespaces: ['silo:4'],
    server: 'FILESERVER',
    program: 'rclone',
    proposal: '\\FILESERVER-2\\x',
  },
  'ghost-mount-point': {
    code: 'ghost-mount-point',
    severity: 'warning',
    volumes: [],
    namespaces: ['host'],
    mountPoint: 'X:',
    target: '\\Device\\Volume{gone}',
  },
  'fsd-stopped': {
    code: 'fsd-stopped',
    severity: 'serious',
    volumes: [],
    namespaces: ['host'],
    fsd: { state: 'stopped', service: 'WinFsp+2.1' },
  },
  'hyperv-no-winfsp': {
    code: 'hyperv-no-winfsp',
    severity: 'warning',
    volumes: [],
    namespaces: ['vm:0123456789ab'],
    program: 'memfs',
  },
  'unmanaged-file-system': {
    code: 'unmanaged-file-system',
    severity: 'info',
    volumes: ['1'],
    namespaces: ['silo:4'],
    programs: ['memfs-x64.exe'],
  },
};

describe('a finding in words', () => {
  it('of each kind is whole, and safe to show', () => {
    const findings = wordFindings(Object.values(facts), namespaces);
    for (const finding of findings) expect(Finding.parse(finding)).toEqual(finding);
    expect(JSON.stringify(findings)).not.toMatch(/undefined|[\u202e]|secur/);
  });

  it('tells a leak and how to seal it', () => {
    expect(wordFindings([facts['unc-leak']], namespaces)).toEqual([
      {
        code: 'unc-leak',
        severity: 'serious',
        volumes: ['1'],
        namespaces: ['host', 'silo:8'],
        summary:
          '\\\\memfs\\share of container a can be opened from the host and container b\\u{202e}. It is mounted as a network file system, and for those Windows keeps one list of names that host and containers share.',
        fix: 'If that is not meant, mount it as a disk: then only container a sees it.',
        command: 'siloscope launch memfs-disk --mount-point Y:',
      },
    ]);
  });

  it.each([
    [
      ['host'],
      'can be opened from the host, and can be expected to be opened from container b\\u{202e} (not proven: nobody looked).',
    ],
    [[], 'can be expected to be opened from the host and container b\\u{202e} (not proven: nobody looked).'],
  ] as const)('says of what nobody saw that it is expected, not proven: seen from %j', (seenFrom, words) => {
    expect(wordFindings([{ ...facts['unc-leak'], seenFrom }], namespaces)[0]?.summary).toContain(words);
  });

  it.each([
    [{ ...facts['fsd-stopped'], fsd: { state: 'not-installed' } } as const, 'winget install WinFsp.WinFsp'],
    [facts['fsd-stopped'], 'siloscope fsd start'],
    [facts['class-collision'], 'siloscope launch memfs-network --unc-prefix \\memfs-2\\share'],
    [facts['shadows-server'], 'siloscope launch rclone-network --unc-prefix \\FILESERVER-2\\x'],
    [facts['prefix-collision'], undefined],
    [facts['hyperv-no-winfsp'], 'siloscope launch memfs-disk'],
    [facts['unmanaged-file-system'], undefined],
  ])('has a command where one does it: %j', (fact, command) => {
    expect(wordFindings([fact], namespaces)[0]?.command).toBe(command);
  });
});
