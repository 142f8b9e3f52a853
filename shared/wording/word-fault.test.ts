import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FaultCode } from '../contract/fault.ts';
import { Fault, ListenRefusal, PlaceRefusal } from '../contract/fault-schema.ts';
import { ElevationPurpose, NoElevation } from '../domain/elevation.ts';
import { NoSeal, SealKind } from '../domain/secret-store.ts';
import { HostKeyRefusal, SshConfigRefusal } from '../domain/ssh-connection.ts';
import { VolumeKind } from '../domain/volume.ts';
import { WinFspVersionSource } from '../domain/winfsp-version.ts';
import { wordFault } from './word-fault.ts';

/** One of each: a new fault without a sample does not compile. */
const samples: { readonly [C in FaultCode]: Extract<Fault, { code: C }> } = {
  'invalid-input': {
    code: 'invalid-input',
    issues: [
      { path: 'mountPoint', message: 'expected a letter' },
      { path: '', message: 'one of profile and command' },
    ],
  },
  'not-found': { code: 'not-found', what: 'profile', name: 'memfs', known: ['memfs-disk', 'memfs-network'] },
  'malformed-scenario': {
    code: 'malformed-scenario',
    file: 'x.json',
    issues: [{ path: 'windows.build', message: 'expected a number' }],
  },
  'winfsp-not-installed': { code: 'winfsp-not-installed' },
  'winfsp-too-old': {
    code: 'winfsp-too-old',
    by: { source: 'driver-file', version: '1.10', service: 'WinFsp+1' },
    minimum: '1.12',
  },
  'winfsp-version-unknown': { code: 'winfsp-version-unknown', installDirectory: 'C:\\WinFsp', minimum: '1.12' },
  'fsd-not-running': { code: 'fsd-not-running', service: 'WinFsp+2.1', state: 'stopped' },
  'fsd-start-failed': {
    code: 'fsd-start-failed',
    service: 'WinFsp+2.1',
    exitCode: 2,
    output: '[SC] StartService FAILED 2:',
  },
  'engine-wrong-mode': { code: 'engine-wrong-mode', osType: 'linux' },
  'base-image-incompatible': {
    code: 'base-image-incompatible',
    image: 'i',
    because: 'newer-than-host',
    hostBuild: 20348,
    imageBuild: 26100,
    nearest: 'mcr.microsoft.com/windows/servercore:ltsc2022',
  },
  'image-not-built': { code: 'image-not-built', image: 'siloscope/rclone:ltsc2025', profile: 'rclone-disk' },
  'isolation-unsupported': { code: 'isolation-unsupported', isolation: 'hyperv', because: 'another-kernel' },
  'disk-full': { code: 'disk-full', path: 'C:', freeBytes: 1_000_000, raw: 'There is not enough space on the disk.' },
  'place-unusable': {
    code: 'place-unusable',
    path: '/proc/nope',
    at: '/proc/nope',
    because: 'not-there',
    raw: "ENOENT: no such file or directory, mkdir '/proc/nope'",
  },
  'kept-file-not-read': {
    code: 'kept-file-not-read',
    file: 'policy.json in C:\\kept',
    writtenBy: '9.0.0',
    reason: 'line 3, column 5, rules.0.via: unknown key; known here: uncPrefix',
  },
  'cannot-listen': {
    code: 'cannot-listen',
    address: 'tcp://127.0.0.1:2375',
    because: 'taken',
    raw: 'listen EADDRINUSE: address already in use 127.0.0.1:2375',
  },
  'host-unreachable': { code: 'host-unreachable', host: 'ssh://a@b', reason: 'the connection was closed' },
  'host-key-unknown': {
    code: 'host-key-unknown',
    host: 'ssh://a@b',
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:x',
    file: '/home/a/.ssh/known_hosts',
  },
  'host-key-refused': {
    code: 'host-key-refused',
    host: 'ssh://a@b',
    keyType: 'ssh-rsa',
    fingerprint: 'SHA256:x',
    because: 'changed',
    known: 'SHA256:y',
    file: '/home/a/.ssh/known_hosts',
    line: 3,
  },
  'ssh-config-refused': {
    code: 'ssh-config-refused',
    host: 'ssh://a@b',
    file: '/home/a/.ssh/config',
    line: 4,
    text: 'ProxyJump bastion',
    because: 'not-supported',
  },
  'engine-unreachable': {
    code: 'engine-unreachable',
    endpoint: '//./pipe/docker_engine',
    cause: 'no such pipe',
    raw: 'ENOENT',
  },
  'access-denied': { code: 'access-denied', what: '\\Silos', raw: '0xC0000022' },
  'elevation-unavailable': { code: 'elevation-unavailable', purpose: 'look-into-silos', because: 'fixed-rights' },
  'elevation-lost': { code: 'elevation-lost', purpose: 'look-into-silos', reason: 'it was ended' },
  'elevation-refused': { code: 'elevation-refused', purpose: 'unload-fsd' },
  'timed-out': { code: 'timed-out', what: 'fsptool lsvol', afterMs: 3_000 },
  'mount-point-in-use': { code: 'mount-point-in-use', mountPoint: 'Y:', by: 'container a' },
  'unc-prefix-in-use': {
    code: 'unc-prefix-in-use',
    uncPrefix: '\\memfs\\share',
    by: 'container a',
    proposal: '\\memfs-2\\share',
  },
  'name-in-use': { code: 'name-in-use', name: 'a', by: 'another container' },
  'engine-refused': { code: 'engine-refused', operation: 'create container a', statusCode: 409, raw: 'Conflict.' },
  'build-failed': {
    code: 'build-failed',
    image: 'siloscope/rclone:ltsc2025',
    raw: "The command 'cmd /S /C exit 3' returned a non-zero code: 3",
    step: 2,
    steps: 3,
    line: 4,
    instruction: 'RUN exit 3',
    exitCode: 3,
    output: 'nothing more to say',
  },
  'pull-failed': {
    code: 'pull-failed',
    image: 'i',
    raw: 'unexpected EOF',
    layer: '0123456789ab',
    decoded: { cause: 'The download broke off.', fix: 'Pull again.' },
  },
  'command-failed': {
    code: 'command-failed',
    argv: ['sc.exe', 'query', 'a b'],
    exitCode: 1060,
    stdout: 'out',
    stderr: 'err',
  },
  'file-system-ended': { code: 'file-system-ended', container: 'a', exitCode: 3221225781, output: '' },
  'volume-not-as-planned': { code: 'volume-not-as-planned', container: 'a', planned: 'disk', found: 'network' },
  'volume-did-not-appear': { code: 'volume-did-not-appear', container: 'a', afterMs: 20_000, output: 'waiting' },
  'secrets-missing': {
    code: 'secrets-missing',
    profile: 'rclone-disk',
    secrets: [{ name: 'rclone-config', title: 'Configuration of rclone', locked: false }],
  },
  'secret-store-unavailable': { code: 'secret-store-unavailable', because: 'basic-text' },
  'secret-locked': { code: 'secret-locked', name: 'ssh-key', sealedBy: 'dpapi', because: 'not-opened' },
  'unwritten-kept': { code: 'unwritten-kept', container: 'a', kept: ['a.unwritten-0123456789ab'] },
  'unwritten-left': { code: 'unwritten-left', container: 'a', count: 2 },
  'unwritten-data': { code: 'unwritten-data', container: 'a', what: 'upload', count: 2 },
  'still-mounted': { code: 'still-mounted', container: 'a', volumes: ['\\Device\\Volume{1}'] },
  'launch-against-policy': {
    code: 'launch-against-policy',
    name: 'memfs-network',
    policy: 'no-leaks',
    rule: 0,
    summary: '\\\\memfs\\share of container memfs-network is expected to be visible from the host.',
    kind: 'network',
    mountPoint: 'Y:',
    command: ['C:\\WinFsp\\bin\\memfs-x64.exe', '-u', '\\memfs\\share', '-m', 'Y:'],
  },
  'policy-violated': { code: 'policy-violated', violations: 2 },
  cancelled: { code: 'cancelled' },
  bug: { code: 'bug', message: 'x is not a function', stack: 'TypeError: x\n    at y' },
};
const all = Object.values(samples);

describe('a fault in words', () => {
  it.each(all.map(fault => [fault.code, fault] as const))('%s has a title and a next step', (_, fault) => {
    const words = wordFault(Fault.parse(fault));
    expect(words).toEqual({
      title: expect.stringMatching(/^.{5,}[.!?]$/),
      cause: expect.stringMatching(/^$|[.!?…)]$|: |[a-z]$/),
      next: expect.stringMatching(/^.{5,}[.!?]$/),
      ...(words.command === undefined ? {} : { command: expect.stringMatching(/\S/) }),
      ...(words.raw === undefined ? {} : { raw: expect.stringMatching(/\S/) }),
    });
    expect(JSON.stringify(words)).not.toMatch(/undefined|\[object|secur/);
  });

  it('tells an image that is too new, the rule, and what to take instead', () => {
    expect(wordFault(samples['base-image-incompatible'])).toEqual({
      title: 'The image i cannot run here with WinFsp.',
      cause: 'It is newer than the host (image build 26100, host build 20348).',
      next: 'Take mcr.microsoft.com/windows/servercore:ltsc2022, the nearest that fits.',
      command: 'siloscope images --pull mcr.microsoft.com/windows/servercore:ltsc2022',
    });
  });

  it.each<[string, Fault, { title?: string; cause?: string; next?: string; command?: string }]>([
    [
      'whose the volumes are that share a name',
      { code: 'not-found', what: 'single volume', name: 'X:', known: ['A (of a)', 'B (of host)'] },
      {
        title: 'Several volumes are called "X:".',
        cause: 'There is: A (of a) and B (of host).',
        next: 'Name the one that you mean by its device.',
      },
    ],
    [
      'that there is no container at all',
      { code: 'not-found', what: 'container', name: 'nope', known: [] },
      { cause: 'No container runs here, and none that has ended is left.' },
    ],
    [
      'nothing of what nobody listed',
      { code: 'not-found', what: 'container', name: 'nope' },
      { cause: '', next: 'Check the name of the container.' },
    ],
    [
      'every scenario that comes along',
      { code: 'not-found', what: 'scenario', name: 'x', known: Array.from({ length: 18 }, (_, at) => `s${at}`) },
      { cause: expect.stringMatching(/^There is: s0, .*s16 and s17\.$/) },
    ],
    [
      'the image that is near a name without one',
      {
        code: 'pull-failed',
        image: 'mcr.microsoft.com/windows/servercoer:ltsc2022',
        raw: 'pull access denied for x, repository does not exist',
      },
      {
        next: 'mcr.microsoft.com/windows/servercore:ltsc2022 is near that name. Check the name.',
        command: 'siloscope images --pull mcr.microsoft.com/windows/servercore:ltsc2022',
      },
    ],
    [
      'where images are listed when none is near',
      { code: 'pull-failed', image: 'mcr.microsoft.com/windows/servercore:latest', raw: 'manifest unknown' },
      { command: 'siloscope images' },
    ],
  ])('says %s', (_, fault, words) => {
    expect(wordFault(fault)).toMatchObject(words);
  });

  it('says of an error that nobody knows how to get more of the log', () => {
    const { title, next } = wordFault({ code: 'not-found', what: 'explanation', name: '4711' });
    expect(title).toBe('Nothing is known here of "4711".');
    expect(next).toMatch(/again with logging: for memfs/);
  });

  it('says of an engine that wants TLS that it was not asked, and where to go instead', () => {
    const { title, next } = wordFault({ ...samples['engine-unreachable'], because: 'tls' });
    expect(title).toBe('The Docker Engine was not asked.');
    expect(next).toContain('DOCKER_HOST=npipe:////./pipe/docker_engine');
  });

  it('decodes an exit code that nobody decoded yet', () => {
    expect(wordFault(samples['file-system-ended'])).toEqual({
      title: 'The file system in a ended with 0xC0000135.',
      cause: 'The program needs a DLL that the image does not have; typical of Nano Server. (STATUS_DLL_NOT_FOUND)',
      next: 'Use a Server Core image.',
    });
  });

  it('shows nothing of a hostile text that could move the cursor or turn the line round', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\u202e', '\u0000', '\u001b', '[', 'A', '\r', '\n', '\u2066', '"', '%', '\\', ' '),
    });
    const isClosed = (value: unknown): boolean =>
      z
        .union([
          SealKind,
          NoSeal,
          z.literal('not-opened'),
          ElevationPurpose,
          NoElevation,
          VolumeKind,
          HostKeyRefusal,
          SshConfigRefusal,
          WinFspVersionSource,
          ListenRefusal,
          PlaceRefusal,
          z.literal('known-hosts'),
        ])
        .safeParse(value).success;
    const poison = (value: unknown, text: string): unknown =>
      typeof value === 'string'
        ? text
        : Array.isArray(value)
          ? value.map(item => poison(item, text))
          : typeof value === 'object' && value !== null
            ? Object.fromEntries(
                Object.entries(value).map(([key, inner]) => [
                  key,
                  key === 'code' || isClosed(inner) ? inner : poison(inner, text),
                ]),
              )
            : value;
    fc.assert(
      fc.property(fc.constantFrom(...all), hostile, (fault, text) => {
        const { raw = '', ...words } = wordFault(Fault.parse(poison(fault, text)));
        expect(JSON.stringify(Object.values(words).join(' '))).not.toMatch(/\\u00|\\[rn]|[\u202e\u2066]/);
        expect(raw.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 2_000 },
    );
  });
});
