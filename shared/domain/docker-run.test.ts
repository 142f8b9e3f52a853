import { describe, expect, it } from 'vitest';
import { composeDockerRun, type DockerRun, dockerRunOf, parseDockerRun } from './docker-run.ts';

const bare: DockerRun = {
  detach: false,
  interactive: false,
  tty: false,
  remove: false,
  environment: [],
  labels: [],
  binds: [],
  others: [],
  image: 'i',
  command: [],
};

describe('a docker run line', () => {
  it('says what a plan does', () => {
    const run = dockerRunOf({
      name: 'a',
      image: 'mcr.microsoft.com/windows/servercore:ltsc2022',
      isolation: 'process',
      command: [
        'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe',
        '-i',
        '-F',
        'NTFS',
        '-m',
        'Y:',
        '-u',
        '\\memfs\\share',
      ],
      binds: ['C:\\Program Files (x86)\\WinFsp:C:\\Program Files (x86)\\WinFsp:ro'],
      labels: { 'dev.siloscope.profile': 'memfs-network' },
    });
    expect(composeDockerRun(run)).toBe(
      'docker run -d --isolation process --name a -l dev.siloscope.profile=memfs-network -v "C:\\Program Files (x86)\\WinFsp:C:\\Program Files (x86)\\WinFsp:ro" mcr.microsoft.com/windows/servercore:ltsc2022 "C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u \\memfs\\share',
    );
  });

  it.each<[string, Partial<DockerRun>]>([
    ['docker run i', {}],
    ['docker.exe container run -it --rm i cmd', { interactive: true, tty: true, remove: true, command: ['cmd'] }],
    ['"C:\\Program Files\\Docker\\docker.exe" --context win run -d i', { detach: true }],
    [
      'docker run --name=a --isolation=process -e A=1 -eB=2 --env C i',
      { name: 'a', isolation: 'process', environment: ['A=1', 'B=2', 'C'] },
    ],
    [
      'docker run -p 80:80 --memory 1g --init --cpus=2 i',
      { others: ['-p=80:80', '--memory=1g', '--init', '--cpus=2'] },
    ],
    ['docker run -dit --detach=false i -d --name x', { interactive: true, tty: true, command: ['-d', '--name', 'x'] }],
    ['docker run -d ^\r\n  -v "C:\\a b:C:\\c" ^\r\n  i', { detach: true, binds: ['C:\\a b:C:\\c'] }],
    ['docker run -- i -x', { command: ['-x'] }],
  ])('is read: %s', (line, run) => {
    expect(parseDockerRun(line)).toEqual({ ok: true, run: { ...bare, ...run } });
  });

  it.each([
    ['docker ps', { ok: false, because: 'not-docker-run' }],
    ['podman run i', { ok: false, because: 'not-docker-run' }],
    ['', { ok: false, because: 'not-docker-run' }],
    ['docker run', { ok: false, because: 'no-image' }],
    ['docker run -d', { ok: false, because: 'no-image' }],
    ['docker run --name', { ok: false, because: 'flag-without-value', flag: '--name' }],
  ])('is refused: %s', (line, refusal) => {
    expect(parseDockerRun(line)).toEqual(refusal);
  });
});
