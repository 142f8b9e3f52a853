import { describe, expect, it } from 'vitest';
import type { LaunchWarning } from '../domain/launch-warning.ts';
import { wordLaunchWarning, wordNoContainerName } from './word-launch-warning.ts';

describe('a warning of a launch', () => {
  it.each<[LaunchWarning, string[]]>([
    [
      { code: 'writes-later', by: '--vfs-cache-mode writes' },
      [
        'It takes writes and passes them on later (--vfs-cache-mode writes), and its stop waits for none of them: a profile whose "stop" has a "wait" does.',
      ],
    ],
    [
      { code: 'writes-untold', because: 'command' },
      ['Whether it writes at once, or later from a cache, cannot be told: a stop waits for nothing it may hold.'],
    ],
    [{ code: 'must-hold', needs: 'rclone.exe' }, ['The image must hold rclone.exe.']],
    [
      { code: 'build-unknown', image: 'x\u202e:1' },
      ['Nothing tells which Windows build x\\u{202e}:1 is of; it is judged once it is here.'],
    ],
    [
      { code: 'class-shared', of: '\\memfs\\a', by: 'the host', free: '\\memfs-2\\b' },
      [
        '\\memfs\\a of the host has the same class: only one of the two is expected to be reached by its UNC name (inferred). \\memfs-2\\b would be free.',
      ],
    ],
    [
      {
        code: 'secret',
        secret: { name: 'token', title: 'Token', deliver: { by: 'stdin' }, optional: true, state: 'missing' },
      },
      [],
    ],
  ])('is worded: %j', (warning, said) => {
    expect(wordLaunchWarning(warning)).toEqual(said);
  });

  it('quotes a name that is none, and no more of it than fits', () => {
    expect(wordNoContainerName(`"${'x'.repeat(200)}`)).toMatch(/^"\\"x{79}" is no container name: /);
  });
});
