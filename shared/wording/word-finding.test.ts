import { describe, expect, it } from 'vitest';
import type { FindingFact } from '../domain/findings.ts';
import { Finding, type FindingCode, type Way } from '../domain/inspection.ts';
import type { Namespace } from '../domain/namespace.ts';
import type { Alike } from '../domain/visibility-row.ts';
import { wordFindings } from './word-finding.ts';

const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  { id: 'silo:4', kind: 'silo', label: 'a' },
  { id: 'silo:8', kind: 'silo', label: 'b\u202e' },
  { id: 'vm:0123456789ab', kind: 'vm', label: 'v' },
];
const cell = (namespace: string, rank: 'rule' | 'probe' | 'canary'): Alike => {
  const evidence = { rank, ground: rank === 'rule' ? 'documented' : 'observed' } as const;
  const through: Way[] = [{ kind: rank === 'rule' ? 'unc' : 'provider', path: 'p', evidence }];
  return { look: { visible: 'yes', through, because: 'shared-mup', evidence }, count: 1, first: [namespace] };
};
const both = { volumes: ['1', '2'], namespaces: ['silo:4', 'silo:8'] } as const;
const facts: { readonly [C in FindingCode]: Extract<FindingFact, { code: C }> } = {
  'unc-leak': {
    code: 'unc-leak',
    severity: 'serious',
    volumes: ['1'],
    namespaces: ['silo:4'],
    home: 'silo:4',
    uncPrefix: '\\memfs\\share',
    mountPoint: 'Y:',
    program: 'memfs',
    seen: [cell('host', 'canary'), cell('silo:8', 'canary')],
    uncName: { leads: 'here', evidence: { rank: 'rule', ground: 'documented' } },
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
  'leaks-by-default': {
    code: 'leaks-by-default',
    severity: 'warning',
    volumes: ['1'],
    namespaces: ['silo:4'],
    home: 'silo:4',
    program: 'juicefs',
    because: 'network-by-default',
    uncPrefix: '\\juicefs-data\\data',
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
        id: 'unc-leak:silo:4/memfs/share',
        code: 'unc-leak',
        severity: 'serious',
        volumes: ['1'],
        namespaces: ['silo:4'],
        summary:
          "The volume \\\\memfs\\share of container a leaks: the host and container b\\u{202e} can open it (proven by a canary, by its provider's name). It is mounted as a network file system: names of those go through the MUP, which by WinFsp's page containers share with the host. By its plain name \\\\memfs\\share: expected, not tested; `siloscope inspect --canary --plain-unc` tests it.",
        fix: 'If that is not meant, mount it as a disk: by the rule a disk stays in container a.',
        command: 'siloscope launch memfs-disk --mount-point Y:',
        fixes: [],
      },
    ]);
  });

  it.each([
    [
      ['canary', 'rule'],
      "leaks: the host can open it (proven by a canary, by its provider's name); container b\\u{202e} can be expected to open it (not tested).",
    ],
    [
      ['rule', 'rule'],
      'is expected to leak: the host and container b\\u{202e} can be expected to open it (not tested).',
    ],
    [['rule', 'probe'], "leaks: container b\\u{202e} opened it (probed, by its provider's name); the host can be"],
  ] as const)('says of what nobody saw that it is expected: %j', ([host, silo], words) => {
    const seen = [cell('host', host), cell('silo:8', silo)];
    expect(wordFindings([{ ...facts['unc-leak'], seen }], namespaces)[0]?.summary).toContain(words);
  });

  it('tells of a UNC name inside another one where that may lead', () => {
    const nested = { inner: '\\memfs\\share\\deep', outer: '\\memfs\\share' };
    const [told] = wordFindings([{ ...facts['class-collision'], nested }], namespaces);
    expect(told?.summary).toContain(
      '\\\\memfs\\share\\deep lies inside \\\\memfs\\share: who opens it may read and write in a folder of that volume (inferred, not proven).',
    );
  });

  it('tells who answers once it was seen, and expects no longer', () => {
    const answered = { namespace: 'silo:4', evidence: { rank: 'canary', ground: 'observed' } } as const;
    const [one, other] = wordFindings(
      [
        { ...facts['class-collision'], answered },
        { ...facts['prefix-collision'], answered },
      ],
      namespaces,
    );
    expect(one?.summary).toContain('The name of container a was seen to lead there (proven by a canary)');
    expect(other?.summary).toContain('was seen to lead to container a (proven by a canary)');
    expect(`${one?.summary} ${other?.summary}`).not.toContain('Only one of them');
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
