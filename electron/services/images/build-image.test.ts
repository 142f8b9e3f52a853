import { afterEach, describe, expect, it } from 'vitest';
import type { BuildProgress, ImageRecipe } from '../../../shared/domain/image-recipe.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const RCLONE = 'C:\\rclone\\rclone.exe';
const SCENE: ScenarioInput = {
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  hostFiles: { [RCLONE]: 'program:rclone' },
};

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const recipe = (...lines: readonly string[]): ImageRecipe => ({
  name: 'tests/own',
  dockerfile: ['# escape=`', 'ARG BASE', 'FROM $BASE', ...lines].join('\n'),
  files: [],
});

/** What a build that came to nothing must not leave: images without a name, and containers. */
async function leftovers({
  call,
}: SimulatedServices): Promise<{ readonly images: number; readonly containers: string[] }> {
  const { remove, keep } = await call('image.prune.plan', { scope: 'dangling' });
  return { images: remove.length, containers: keep.flatMap(({ containers }) => containers) };
}

describe('a recipe for an image', () => {
  it('is planned: base for the host, files with their sizes, the command that does the same', async () => {
    open = await openSimulatedServices(SCENE);
    const plan = await open.call('image.recipe', { profile: 'memfs-disk' });
    expect(plan).toMatchObject({
      tag: 'siloscope/memfs:ltsc2025',
      exists: false,
      base: { reference: SERVERCORE, local: true, verdict: { runs: 'yes' } },
      issues: [],
      dockerBuild: `docker build --build-arg BASE=${SERVERCORE} -t siloscope/memfs:ltsc2025 .`,
    });
    expect(plan.files.map(({ name, sizeBytes }) => [name, (sizeBytes ?? 0) > 0])).toEqual([
      ['memfs-x64.exe', true],
      ['winfsp-x64.dll', true],
      ['winfsp-x64.sxs', true],
    ]);
    expect(plan.contextBytes).toBe(
      plan.files.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, Buffer.byteLength(plan.recipe.dockerfile)),
    );
  });

  it('tells a file that is not on the host, and is not built without it', async () => {
    open = await openSimulatedServices(SCENE);
    const { files } = await open.call('image.recipe', { profile: 'juicefs-disk' });
    expect(files).toEqual([{ name: 'juicefs.exe', from: 'C:\\juicefs\\juicefs.exe', optional: false }]);
    expect(await open.fault('image.build', { profile: 'juicefs-disk' })).toMatchObject({
      code: 'invalid-input',
      issues: [{ message: expect.stringContaining('C:\\juicefs\\juicefs.exe is not on the host.') }],
    });
  });

  it('spells patterns out', async () => {
    const bin = 'C:\\Program Files\\SSHFS-Win\\bin';
    open = await openSimulatedServices({
      ...SCENE,
      hostFiles: { [`${bin}\\cygwin1.dll`]: 'a', [`${bin}\\cygz.dll`]: 'bc', [`${bin}\\sshfs.exe`]: 'def' },
    });
    const { files } = await open.call('image.recipe', { profile: 'sshfs-win-disk' });
    expect(files.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['sshfs-win.exe', undefined],
      ['sshfs.exe', 3],
      ['ssh.exe', undefined],
      ['cygwin1.dll', 1],
      ['cygz.dll', 2],
      ['winfsp-x64.dll', expect.any(Number)],
      ['winfsp-x64.sxs', expect.any(Number)],
    ]);
  });

  it('with a download that nothing checks is refused, by its line', async () => {
    open = await openSimulatedServices(SCENE);
    const own = recipe('RUN curl -o x.zip https://example.com/x.zip');
    expect(await open.fault('image.build', { recipe: own })).toMatchObject({
      code: 'invalid-input',
      issues: [{ path: 'recipe, line 4', message: expect.stringContaining('SHA-256') }],
    });
  });
});

describe('a build', () => {
  it('puts the program in, tells each step, and the image launches', async () => {
    open = await openSimulatedServices(SCENE);
    const told: BuildProgress[] = [];
    const built = await open.call('image.build', { profile: 'rclone-disk' }, { onProgress: one => told.push(one) });
    expect(built).toMatchObject({
      tag: 'siloscope/rclone:ltsc2025',
      image: { local: true, family: 'other', verdict: { runs: 'yes' } },
      files: [{ name: 'rclone.exe', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      warnings: [],
    });
    const steps = told.flatMap(one => (one.kind === 'step' ? [[one.step.number, one.step.line, one.step.text]] : []));
    expect(steps).toEqual([
      [1, 3, 'ARG BASE'],
      [2, 4, 'FROM $BASE'],
      [3, 5, 'LABEL dev.siloscope.recipe="rclone"'],
      [4, 6, 'COPY ["rclone.exe", "C:/rclone/"]'],
    ]);
    expect(told.find(({ kind }) => kind === 'sending')).toMatchObject({ sentBytes: expect.any(Number) });
    // From now on it is what a launch of that profile takes, and nothing is left to warn of.
    const { image, warnings } = await open.call('launch.plan', { profile: 'rclone-disk' });
    expect({ image, warnings }).toEqual({ image: built.tag, warnings: [] });
    const launched = await open.call('filesystem.launch', { profile: 'rclone-disk' });
    expect(launched.volumes).toHaveLength(1);
  });

  it('pulls its base first where that is not here', async () => {
    open = await openSimulatedServices({ ...SCENE, images: [], registry: SCENE.images ?? [] });
    const told: string[] = [];
    await open.call('image.build', { profile: 'rclone-disk' }, { onProgress: ({ kind }) => told.push(kind) });
    expect([...new Set(told)]).toEqual(['pull', 'sending', 'step']);
  });

  it('that fails says at which step and line, and leaves nothing', async () => {
    open = await openSimulatedServices(SCENE);
    const own = recipe('ENV A=1', '', 'RUN echo going wrong&& exit 3');
    expect(await open.fault('image.build', { recipe: own })).toMatchObject({
      code: 'build-failed',
      image: 'tests/own:ltsc2025',
      step: 4,
      steps: 4,
      line: 6,
      instruction: 'RUN echo going wrong&& exit 3',
      exitCode: 3,
      output: expect.stringContaining('going wrong'),
      raw: "The command 'cmd /S /C echo going wrong&& exit 3' returned a non-zero code: 3",
    });
    expect(await leftovers(open)).toEqual({ images: 0, containers: [] });
  });

  it('that the engine does not even begin names the line', async () => {
    open = await openSimulatedServices(SCENE);
    expect(await open.fault('image.build', { recipe: recipe('COPYY a b') })).toMatchObject({
      code: 'build-failed',
      line: 4,
      instruction: 'COPYY a b',
      raw: 'dockerfile parse error on line 4: unknown instruction: COPYY',
    });
  });

  it('that is cancelled ends at once, and leaves neither image nor container', async () => {
    open = await openSimulatedServices(SCENE);
    const abort = new AbortController();
    const building = open.call(
      'image.build',
      { recipe: recipe('ENV A=1', 'RUN ping -t localhost') },
      {
        signal: abort.signal,
        onProgress: told => {
          if (told.kind === 'output') abort.abort();
        },
      },
    );
    await expect(building).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(await leftovers(open)).toEqual({ images: 0, containers: [] });
    const { images: rows } = await open.call('image.list', {});
    expect(rows.filter(({ local }) => local).map(({ reference }) => reference)).toEqual([SERVERCORE]);
  });
});
