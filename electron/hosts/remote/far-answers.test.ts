import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { KernelCall } from '../kernel-calls.ts';
import { AgentAnswer, type AgentRequest, decodeRequest, encodeRequest, ntPathOf } from './agent-protocol.ts';
import { AGENT_BOOTSTRAP, AGENT_LINE, AGENT_SOURCE } from './agent-script.ts';
import { encodedCommand, LOCKED_DOWN, notStarted, scriptFault, startScript } from './encoded-command.ts';
import { behindMark, newExitMark, takeExitCode } from './exit-mark.ts';
import { codePageIn, shellThatSaid } from './far-shell.ts';
import { parseSshUrl } from './parse-ssh-url.ts';

describe('an SSH address', () => {
  it.each([
    ['ssh://box', { name: 'box', id: 'ssh://box' }],
    ['ssh://me@box', { user: 'me', name: 'box', id: 'ssh://me@box' }],
    ['ssh://me@BOX:22/', { user: 'me', name: 'BOX', port: 22, id: 'ssh://me@box' }],
    ['ssh://me@box:2222', { user: 'me', name: 'box', port: 2222, id: 'ssh://me@box:2222' }],
    ['ssh://CORP%5Cme@box', { user: 'CORP\\me', name: 'box', id: 'ssh://CORP%5Cme@box' }],
    ['ssh://me@[fe80::1]:2222', { user: 'me', name: 'fe80::1', port: 2222, id: 'ssh://me@[fe80::1]:2222' }],
  ])('%s', (text, target) => {
    expect(parseSshUrl(text)).toEqual(target);
  });

  it.each([
    'ssh://-oProxyCommand=x',
    'ssh://me:secret@box',
    'ssh://me@box:0',
    'ssh://me@box:70000',
    'http://me@box',
    'ssh://a b@box',
  ])('%s is refused', text => {
    expect(() => parseSshUrl(text)).toThrow(FaultError);
  });
});

describe('the exit code at the end of standard error', () => {
  it.each([
    ['0 \r\n', 0],
    ['1060\r\n', 1060],
    ['-1073741510 \r\n', 0xc000013a],
    ['', undefined],
  ])('%j', (said, exitCode) => {
    const mark = newExitMark();
    expect(takeExitCode(`before\r\n${mark}${said}`, mark)).toEqual({
      stderr: 'before\r\n',
      ...(exitCode === undefined ? {} : { exitCode }),
    });
  });

  it('is found behind anything, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 0xffff_ffff }), (before, code) => {
        const mark = newExitMark();
        expect(takeExitCode(`${before}${mark}${code | 0}\r\n`, mark)).toEqual({ stderr: before, exitCode: code });
        expect(takeExitCode(before, mark)).toEqual({ stderr: before });
        expect(notStarted(`${before}${mark}not-started:2`, mark)).toBe(2);
        expect(notStarted(`${before}${mark}0`, mark)).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('a far shell', () => {
  it.each([
    ['Windows_NT $true\r\n', 'cmd'],
    ['%OS%\r\nTrue\r\n', 'powershell'],
    ['Welcome, 2 updates!\r\n%OS%\r\nTrue\r\n', 'powershell'],
    ['Clink v1.7\r\nWindows_NT $true\r\n', 'cmd'],
    ['%OS% $true\n', undefined],
    ['%OS% \n', undefined],
    ['', undefined],
  ])('that answers %j is %s', (said, kind) => {
    expect(shellThatSaid(said)).toBe(kind);
  });

  it.each([
    ['Aktive Codepage: 850.\r\n', 850],
    ['65001\r\n', 65_001],
    ['Welcome, 1234 updates!\r\n1252\r\n', 1_252],
    ['', 437],
  ])('whose code page is told by %j prints in %i', (said, codePage) => {
    expect(codePageIn(said)).toBe(codePage);
  });

  it('is not taken for the program that it starts: what is said before the mark is its own', () => {
    const mark = newExitMark();
    const said = (text: string): string => behindMark(Buffer.from(text), mark).toString();
    expect(said(`Welcome!\r\n${mark}out`)).toBe('out');
    expect(said(`${mark}${mark}`)).toBe(mark);
    expect(said('out')).toBe('out');
    expect(behindMark(Buffer.from([0xff, 0xfe]), mark)).toEqual(Buffer.from([0xff, 0xfe]));
  });
});

describe('a PowerShell that says nothing of the program it was to start', () => {
  it.each([
    [
      'is locked down',
      { exitCode: 3, stdout: `${LOCKED_DOWN}ConstrainedLanguage\r\n`, stderr: '' },
      { code: 'access-denied', raw: `${LOCKED_DOWN}ConstrainedLanguage` },
    ],
    [
      'failed by itself, and the program is not said to have ended so',
      { exitCode: 1, stdout: '', stderr: 'New-Object: nicht genug Speicher' },
      { code: 'command-failed', argv: ['powershell.exe'], exitCode: 1, stderr: 'New-Object: nicht genug Speicher' },
    ],
  ])('%s', (_why, said, fault) => {
    expect(scriptFault(said).fault).toMatchObject(fault);
  });

  it('looks whether it is locked down before it does what it could not do then', () => {
    for (const script of [AGENT_BOOTSTRAP, startScript(['hostname.exe'], 'mark=')]) {
      const looked = script.indexOf("-ne 'FullLanguage'");
      expect(looked).toBeGreaterThan(0);
      expect(script.indexOf('New-Object')).toBeGreaterThan(looked);
      expect(script.slice(0, looked)).not.toContain('[');
    }
  });
});

describe('a request to the agent', () => {
  it('is read back as it was made, on one line of plain letters', () => {
    const sized = { length: fc.nat() };
    const informationClass = fc.nat(255);
    const call: fc.Arbitrary<KernelCall> = fc.oneof(
      fc.record({
        ...sized,
        by: fc.constant('control' as const),
        path: fc.string({ unit: 'binary-ascii' }),
        code: fc.nat(),
      }),
      fc.record({ ...sized, by: fc.constant('job' as const), path: fc.string(), informationClass }),
      fc.record({ ...sized, by: fc.constant('system' as const), informationClass }),
      fc.record({
        ...sized,
        by: fc.constantFrom('process' as const, 'thread' as const),
        processId: fc.nat(),
        informationClass,
      }),
    );
    const request: fc.Arbitrary<AgentRequest> = fc.oneof(
      fc.record({ verb: fc.constant('kernel' as const), call }),
      fc.record({ verb: fc.constantFrom('list' as const, 'link' as const), path: fc.string({ unit: 'binary-ascii' }) }),
      fc.record({
        verb: fc.constant('probe' as const),
        ntPath: fc.string(),
        path: fc.string(),
        timeoutMs: fc.nat(),
        readBytes: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(fc.nat(), request, (id, given) => {
        const line = encodeRequest(id, given);
        expect(line).toMatch(/^[\w+/=\t]+$/);
        expect(decodeRequest(line)).toEqual({ id, request: given });
      }),
      { numRuns: 10_000 },
    );
  });

  it.each(['', 'x', '1\tdelete\tAAAA', '\tlist\tAAAA'])('is not %j', line => {
    expect(decodeRequest(line)).toBeUndefined();
  });
});

describe('the agent', () => {
  it('fits on a command line with its beginning, and comes whole by standard input', () => {
    expect(encodedCommand(AGENT_BOOTSTRAP).length).toBeLessThan(8_000);
    expect(Buffer.from(AGENT_LINE.trim(), 'base64').toString('utf8')).toBe(AGENT_SOURCE);
    expect(AGENT_SOURCE).not.toMatch(/[^\x20-\x7e\n]/);
  });

  it('opens for attributes only, and never by a name that needs resolving unless it was asked', () => {
    const share = { uncPrefix: '\\memfs\\share', rest: 'a/b' } as const;
    expect(ntPathOf({ by: 'provider', provider: 'WinFsp.Mup{1}', ...share })).toBe(
      '\\Device\\Mup\\;WinFsp.Mup{1}\\memfs\\share\\a\\b',
    );
    expect(ntPathOf({ by: 'drive', mountPoint: 'Y:', rest: '' })).toBe('\\??\\Y:\\');
    expect(ntPathOf({ by: 'unc', ...share, askedByUser: true })).toBe('\\??\\UNC\\memfs\\share\\a\\b');
  });

  it.each([
    ['{"ready":1}', true],
    ['{"id":1,"entries":[["Device","Directory"]]}', true],
    ['{"id":1,"status":3221225524}', true],
    ['{"id":1,"status":-1}', false],
    ['{"id":1}', false],
    ['"Windows PowerShell"', false],
  ])('answers %s: %s', (line, holds) => {
    expect(AgentAnswer.safeParse(JSON.parse(line)).success).toBe(holds);
  });
});
