import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEngine, startSimulatedEngine } from '../engine/simulated-engine.ts';
import { describeNeeding } from '../fixtures/needing.ts';
import { run, type Said, whyNoClient } from './docker.ts';
import { CORE, OLDER } from './line.ts';

/** A file system's program as a build takes it from its context. */
const MEMFS = 'MZ siloscope-program memfs\n';

/** What is asked for, the Dockerfile (`{}`: a base that is here), what the client says, and its arguments. */
const REFUSED: readonly (readonly [string, readonly string[], string | RegExp, ...string[]])[] = [
  ['a command that fails', ['FROM {}', 'RUN exit 3'], "The command 'cmd /S /C exit 3' returned a non-zero code: 3\n"],
  [
    'a program that is not there',
    ['FROM {}', 'RUN ["nothing.exe", "x"]'],
    /CreateProcess: failure in a Windows system call: The system cannot find the file specified\. \(0x2\)\n$/,
  ],
  [
    'a file that is not in the context',
    ['FROM {}', 'COPY nothing.txt /'],
    'COPY failed: file not found in build context or excluded by .dockerignore: stat nothing.txt: file does not exist\n',
  ],
  ['a pattern that fits nothing', ['FROM {}', 'COPY *.zip /'], 'COPY failed: no source files were specified\n'],
  [
    'a way out of the context',
    ['FROM {}', 'COPY ../x /x'],
    'COPY failed: forbidden path outside the build context: ../x ()\n',
  ],
  [
    'several files that cannot all be one',
    ['FROM {}', 'COPY a.txt Dockerfile /x'],
    'When using COPY with more than one source file, the destination must be a directory and end with a /\n',
  ],
  [
    'another drive',
    ['FROM {}', 'COPY a.txt D:/x/'],
    'invalid COPY: Windows does not support destinations not on the system drive (C:)\n',
  ],
  ['scratch, which Windows has not', ['FROM scratch', 'COPY a.txt /'], 'Windows does not support FROM scratch\n'],
  [
    "BuildKit's options",
    ['FROM {}', 'RUN --mount=type=cache,target=/x echo'],
    /^the --mount option requires BuildKit\. Refer to https:\/\/docs\.docker\.com\/go\/buildkit\//,
  ],
  [
    'a stage that is not there yet',
    ['FROM {}', 'COPY --from=3 /a /b'],
    'invalid from flag value 3: index out of bounds\n',
  ],
  ['an arg without a value as base', ['ARG X', 'FROM $X'], 'base name ($X) should not be blank\n'],
  [
    'an image that nobody has',
    ['FROM nobody/nothing:1'],
    "pull access denied for nobody/nothing, repository does not exist or may require 'docker login': denied: requested access to the resource is denied\n",
  ],
  [
    'an instruction that is none',
    ['FROM {}', 'FOO bar'],
    'Error response from daemon: dockerfile parse error on line 2: unknown instruction: FOO\n',
  ],
  [
    'a COPY without a target',
    ['FROM {}', 'COPY a.txt'],
    'Error response from daemon: dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined\n',
  ],
  [
    'a flag that is none',
    ['FROM {}', 'COPY --nope=1 a.txt /'],
    'Error response from daemon: dockerfile parse error on line 2: unknown flag: nope\n',
  ],
  [
    'a SHELL that is no list',
    ['FROM {}', 'SHELL powershell'],
    'Error response from daemon: dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form\n',
  ],
  ['nothing', [''], 'Error response from daemon: the Dockerfile (Dockerfile) cannot be empty\n'],
  ['no base', ['RUN echo'], 'Error response from daemon: no build stage in current context\n'],
  [
    'a target that is none',
    ['FROM {}'],
    'Error response from daemon: target stage "nope" could not be found\n',
    '--target',
    'nope',
  ],
  [
    'an escape sign that is none',
    ['# escape=x', 'FROM {}'],
    "Error response from daemon: failed to parse Dockerfile: invalid escape token 'x' does not match ` or \\\n",
  ],
];

let host: RunningEngine;
let folder: string;

describeNeeding('docker', whyNoClient(), 'docker build with the stock client', () => {
  beforeAll(async () => {
    host = await startSimulatedEngine({
      windows: { productType: 'server' },
      winfsp: { fsd: 'running' },
      images: [{ reference: CORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      registry: [{ reference: OLDER, base: 'servercore', osVersion: '10.0.20348.4294' }],
    });
    folder = await mkdtemp(join(tmpdir(), 'siloscope-build-'));
  });

  afterAll(async () => {
    await host.stop();
    await rm(folder, { recursive: true });
  });

  const docker = (...argv: readonly string[]): Promise<Said> => run('docker', argv, host.endpoint);

  /** Writes a Dockerfile and its files into a folder of their own, and builds them. */
  async function build(
    lines: readonly string[],
    files: Readonly<Record<string, string>> = {},
    ...argv: readonly string[]
  ): Promise<Said> {
    const context = await mkdtemp(join(folder, 'context-'));
    for (const [name, content] of Object.entries({ Dockerfile: `${lines.join('\n')}\n`, ...files })) {
      const path = join(context, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    return docker('build', ...argv, context);
  }

  it('is told step by step, and the image runs', async () => {
    const built = await build(
      [
        '# escape=`',
        `ARG BASE=${CORE}`,
        'FROM $BASE',
        'ARG GREETING=hello',
        'ENV PLACE=C:\\tools',
        'WORKDIR $PLACE',
        'COPY memfs-x64.exe .',
        'RUN echo %GREETING%>said.txt&& type said.txt',
        'CMD type said.txt',
      ],
      { 'memfs-x64.exe': MEMFS },
      '--build-arg',
      'GREETING=hi',
      '-t',
      'mine:1',
    );
    expect(built.code, built.stderr).toBe(0);
    const id = '[0-9a-f]{12}';
    const ran = `Running in ${id}\n(?:hi\r\n)?(?: ---> )?Removing intermediate container ${id}`;
    expect(built.stdout.replaceAll(new RegExp(ran, 'g'), 'Ran').replaceAll(new RegExp(id, 'g'), 'ID')).toBe(
      [
        'Sending build context to Docker daemon  3.072kB\r\r',
        `Step 1/8 : ARG BASE=${CORE}`,
        'Step 2/8 : FROM $BASE',
        ' ---> ID',
        'Step 3/8 : ARG GREETING=hello',
        ' ---> Ran',
        ' ---> ID',
        'Step 4/8 : ENV PLACE=C:\\tools',
        ' ---> Ran',
        ' ---> ID',
        'Step 5/8 : WORKDIR $PLACE',
        ' ---> Ran',
        ' ---> ID',
        'Step 6/8 : COPY memfs-x64.exe .',
        ' ---> ID',
        'Step 7/8 : RUN echo %GREETING%>said.txt&& type said.txt',
        ' ---> Ran',
        ' ---> ID',
        'Step 8/8 : CMD type said.txt',
        ' ---> Ran',
        ' ---> ID',
        'Successfully built ID',
        'Successfully tagged mine:1',
        '',
      ].join('\n'),
    );
    expect(await docker('run', '--rm', 'mine:1')).toEqual({ code: 0, stdout: 'hi\r\n', stderr: '' });
    const shown = await docker(
      'inspect',
      '-f',
      '{{json .Config.Cmd}} {{.Config.WorkingDir}} {{.Config.Env}}',
      'mine:1',
    );
    expect(shown.stdout).toBe('["cmd /S /C type said.txt"] C:\\tools [PLACE=C:\\tools]\n');
  });

  it('runs the file system that was put in', async () => {
    const files = {
      'memfs-x64.exe': MEMFS,
      'winfsp-x64.dll': 'MZ library winfsp-x64.dll version 2.1.25156\n',
      'winfsp-x64.sxs': '2.1\n',
    };
    await build([`FROM ${CORE}`, 'COPY memfs-x64.exe winfsp-x64.* /fs/'], files, '-t', 'fs:1');
    const command = ['C:\\fs\\memfs-x64.exe', '-i', '-F', 'NTFS', '-m', 'Y:'];
    await docker('run', '-d', '--name', 'built', 'fs:1', ...command);
    const { stdout } = await docker('exec', 'built', 'cmd', '/c', 'vol Y:');
    await docker('rm', '-f', 'built');
    expect(stdout).toContain('Volume in drive Y is MEMFS');
  });

  it('takes steps that were taken before from its cache, until one differs', async () => {
    const lines = (said: string): string[] => [`FROM ${CORE}`, 'ENV A=1', 'COPY a.txt C:/', `RUN echo ${said}`];
    const first = await build(lines('x'), { 'a.txt': 'one' });
    const again = await build(lines('x'), { 'a.txt': 'one' });
    const other = await build(lines('x'), { 'a.txt': 'two' });
    const fresh = await build(lines('x'), { 'a.txt': 'one' }, '--no-cache');
    const hits = ({ stdout }: Said): number => stdout.split(' ---> Using cache').length - 1;
    expect([first, again, other, fresh].map(hits)).toEqual([0, 3, 1, 0]);
    expect(idOf(again)).toBe(idOf(first));
    expect(idOf(fresh)).not.toBe(idOf(first));
  });

  it('takes files out of an earlier stage, and stops at the one that was asked for', async () => {
    const lines = [
      `FROM ${CORE} AS tools`,
      'WORKDIR /made',
      'RUN echo tool> tool.txt',
      `FROM ${CORE}`,
      'COPY --from=tools /made /put',
    ];
    const whole = await build([...lines, 'RUN type C:\\put\\tool.txt']);
    expect(whole.stdout).toContain('\ntool\r\n');
    const { stdout } = await build(lines, {}, '--target', 'tools', '-t', 'stage:1');
    expect(stdout).toMatch(/Step 3\/3 : RUN echo tool> tool\.txt\n[\s\S]*Successfully tagged stage:1\n$/);
  });

  it('says its id alone when it is quiet', async () => {
    const { stdout, code } = await build([`FROM ${CORE}`, 'LABEL a=b'], {}, '-q');
    expect({ stdout, code }).toEqual({ stdout: expect.stringMatching(/^sha256:[0-9a-f]{64}\n$/), code: 0 });
  });

  it('labels, and warns of an arg that nobody asked for', async () => {
    const { stdout } = await build(
      [`FROM ${CORE}`],
      {},
      '--label',
      'team=storage',
      '--build-arg',
      'NOBODY=1',
      '-t',
      'labelled:1',
    );
    expect(stdout).toContain('Step 2/2 : LABEL team=storage\n');
    expect(stdout).toContain('[Warning] One or more build-args [NOBODY] were not consumed\n');
    const shown = await docker('images', '-f', 'label=team=storage', '--format', '{{.Repository}}:{{.Tag}}');
    expect(shown.stdout).toBe('labelled:1\n');
  });

  it('pulls the image that it begins with', async () => {
    const { stdout, code } = await build([`FROM ${OLDER}`, 'LABEL a=b']);
    expect({ stdout, code }).toEqual({
      stdout: expect.stringContaining(`Status: Downloaded newer image for ${OLDER}`),
      code: 0,
    });
  });

  it('leaves out what .dockerignore names', async () => {
    const files = {
      '.dockerignore': '*.txt\n!keep.txt\n.dockerignore\nDockerfile\n',
      'a.txt': 'a',
      'keep.txt': 'k',
      'x/b.md': 'b',
    };
    const { stdout } = await build([`FROM ${CORE}`, 'COPY . /all', 'RUN dir /s /b C:\\all'], files);
    expect(stdout).toContain('C:\\all\\keep.txt\r\nC:\\all\\x\r\nC:\\all\\x\\b.md\r\n');
  });

  it('tells in its history what each step did, and goes with all its steps', async () => {
    await build([`FROM ${CORE}`, 'LABEL history=1', 'RUN echo history>C:\\h.txt'], {}, '-t', 'past:1');
    const { stdout } = await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', 'past:1');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'cmd /S /C echo history>C:\\h.txt',
      'cmd /S /C #(nop)  LABEL history=1',
    ]);
    const usage = await docker(
      'system',
      'df',
      '-v',
      '--format',
      '{{range .Images}}{{.Repository}} {{.SharedSize}}\n{{end}}',
    );
    expect(usage.stdout.match(/^past .*/gm)).toEqual([expect.not.stringMatching(/ 0B$/)]);
    expect((await docker('images', '-a', '-q')).stdout.split('\n').length).toBeGreaterThan(
      usage.stdout.split('\n').length,
    );
    const removed = await docker('rmi', 'past:1');
    expect(removed.stdout).toMatch(/^Untagged: past:1\n(?:Deleted: sha256:[0-9a-f]{64}\n){2,}$/);
    expect((await docker('images', '-a', '-q', '-f', 'label=history=1')).stdout).toBe('');
  });

  it.each(REFUSED.map(([what, lines, err, ...argv]) => ({ what, lines, err, argv })))(
    'refuses $what in the words of dockerd',
    async ({ lines, err, argv }) => {
      const answer = await build(
        lines.map(line => line.replace('{}', CORE)),
        { 'a.txt': 'a' },
        ...argv,
      );
      expect(answer.code).not.toBe(0);
      if (typeof err === 'string') expect(answer.stderr).toBe(err);
      else expect(answer.stderr).toMatch(err);
    },
  );
});

/** The id that a build ended with. */
function idOf({ stdout }: Said): string | undefined {
  return /Successfully built ([0-9a-f]{12})/.exec(stdout)?.[1];
}
