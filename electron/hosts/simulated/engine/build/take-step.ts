import type { ImageConfig } from '../image-config.ts';
import type { Image } from '../image-store.ts';
import { BUILT_IN_ARGS, cachedImage, commandWords, keepStep, nothingRun, runShown, type Stage } from './build-stage.ts';
import { assignment, type Configured, configure, variablesOf } from './configure.ts';
import { copyTo, hashSources, makeDirectory, sourcesFrom, sourcesIn } from './copy-sources.ts';
import { expandWord } from './expand-word.ts';
import { type Build, findBase } from './find-base.ts';
import type { Step } from './parse-dockerfile.ts';
import { inContainer, runInContainer } from './step-container.ts';
import { copyTarget } from './windows-place.ts';

type Taken<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

const BUILDKIT_ONLY = (option: string): Error =>
  new Error(
    `the --${option} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`,
  );

/** Takes one step within a stage: the stage's image is then the one that it made, or found in the cache. */
export async function takeStep(build: Build, stage: Stage, step: Step): Promise<void> {
  switch (step.kind) {
    case 'from':
      throw new Error('FROM begins a stage');
    case 'arg': {
      const shown = step.pairs.map(([name]) => assignment(name, stage.args.get(name)));
      return note(build, stage, { config: stage.config, comment: `ARG ${shown.join(' ')}` });
    }
    case 'env':
    case 'label':
    case 'user':
    case 'stopsignal':
    case 'onbuild':
    case 'healthcheck':
    case 'expose':
    case 'volume':
      return note(build, stage, configure(stage, build.request.dockerfile.escape, step));
    case 'maintainer':
      return note(build, stage, { config: stage.config, comment: `MAINTAINER ${step.value}` });
    case 'shell':
      return note(build, stage, {
        config: { ...stage.config, Shell: step.words },
        comment: `SHELL [${step.words.join(' ')}]`,
      });
    case 'cmd':
    case 'entrypoint':
      return setCommand(build, stage, step);
    case 'workdir':
      return enterDirectory(build, stage, step);
    case 'copy':
    case 'add':
      return copy(build, stage, step);
    case 'run':
      return run(build, stage, step);
  }
}

/** Variables of the image stand before args of the same name. */
function wordReader({ request }: Build, stage: Stage): (text: string) => string {
  return text => expandWord(text, variablesOf(stage), request.dockerfile.escape);
}

/** A step that changes the configuration alone. Its container is made and never started, as dockerd does. */
async function note(build: Build, stage: Stage, { config, comment }: Configured): Promise<void> {
  const createdBy = nothingRun(config, comment, '  ');
  await settle(build, stage, config, createdBy, () =>
    inContainer(build, stage, async () => keepStep(build.state, stage.image, { createdBy, config })),
  );
}

/** Takes the step's image from the cache, or makes it; once one was made, the cache is done with. */
async function settle(
  build: Build,
  stage: Stage,
  config: ImageConfig,
  createdBy: string,
  make: () => Promise<Image>,
): Promise<void> {
  const held = stage.cached ? cachedImage(build.state, stage.image, createdBy, config) : undefined;
  if (held === undefined) stage.cached = false;
  else await build.output.say(' ---> Using cache\n');
  stage.image = held ?? (await make());
  stage.config = config;
}

async function setCommand(build: Build, stage: Stage, step: Taken<'cmd' | 'entrypoint'>): Promise<void> {
  const { isEscaped } = commandWords(step.command, stage.config);
  const { kind } = step;
  const hasOther = (kind === 'cmd' ? stage.config.Entrypoint : stage.cmdSet ? stage.config.Cmd : null) !== null;
  if (hasOther && (stage.config.ArgsEscaped === true) !== isEscaped) {
    const [shellForm, execForm] = kind === 'cmd' ? ['ENTRYPOINT', 'CMD'] : ['CMD', 'ENTRYPOINT'];
    await build.output.complain(
      ` ---> [Warning] Shell-form ${shellForm} and exec-form ${execForm} may have unexpected results\n`,
    );
  }
  const configured = configure(stage, build.request.dockerfile.escape, step);
  await note(build, stage, configured);
  if (kind === 'cmd') stage.cmdSet ||= (configured.config.Cmd ?? []).length > 0;
}

async function enterDirectory(build: Build, stage: Stage, step: Taken<'workdir'>): Promise<void> {
  const { config, comment } = configure(stage, build.request.dockerfile.escape, step);
  const { WorkingDir } = config;
  const createdBy = nothingRun(config, comment, ' ');
  await settle(build, stage, config, createdBy, () =>
    inContainer(build, stage, async ({ parts: { disk } }) => {
      if (WorkingDir.startsWith('C:\\')) await makeDirectory(disk.operations, WorkingDir.slice(2).replace(/\\+$/, ''));
      return keepStep(build.state, stage.image, { createdBy, config, disk: diskOf(disk) });
    }),
  );
}

async function copy(build: Build, stage: Stage, step: Taken<'copy' | 'add'>): Promise<void> {
  const keyword = step.kind.toUpperCase();
  for (const option of ['chmod', 'link', 'parents', 'checksum', 'keep-git-dir', 'exclude']) {
    if (step.flags.some(flag => flag === `--${option}` || flag.startsWith(`--${option}=`))) throw BUILDKIT_ONLY(option);
  }
  const word = wordReader(build, stage);
  const patterns = step.sources.map(word);
  const url = patterns.find(pattern => /^https?:\/\//i.test(pattern));
  if (url !== undefined && step.kind === 'copy') throw new Error("COPY failed: source can't be a URL for COPY");
  if (url !== undefined) {
    const { host } = new URL(url);
    throw new Error(`ADD failed: Get ${JSON.stringify(url)}: dial tcp: lookup ${host}: no such host`);
  }
  const to = word(step.to);
  const sources =
    step.from === undefined
      ? sourcesIn(build.request.context, keyword, patterns)
      : await fromImage(build, step.from, patterns);
  if (sources.length > 1 && !/[\\/]$/.test(to)) {
    throw new Error(
      `When using ${keyword} with more than one source file, the destination must be a directory and end with a /`,
    );
  }
  const { state } = build;
  const { config } = stage;
  const createdBy = nothingRun(config, `${keyword} ${hashSources(sources)} in ${to.replaceAll('/', '\\')} `, ' ');
  await settle(build, stage, config, createdBy, async () => {
    const disk = state.machine.createContainerDisk(await state.images.tree(stage.image), {
      sizeBytes: 20 * 1_024 ** 3,
    });
    await copyTo(disk.operations, sources, copyTarget(config.WorkingDir, to, keyword));
    return keepStep(state, stage.image, { createdBy, config, disk: diskOf(disk) });
  });
}

async function fromImage(build: Build, from: string, patterns: readonly string[]) {
  const number = /^\d+$/.test(from) ? Number(from) : undefined;
  const named = build.stages.some(({ name }) => name === from.toLowerCase());
  if (number !== undefined && !named && number >= build.stages.length) {
    const because = number === build.stages.length ? 'refers to current build stage' : 'index out of bounds';
    throw new Error(`invalid from flag value ${from}: ${because}`);
  }
  const numbered = number === undefined || named ? undefined : build.stages[number];
  const image =
    numbered?.image ??
    (await findBase(build, from).catch((caught: unknown) => {
      throw new Error(`invalid from flag value ${from}: ${caught instanceof Error ? caught.message : String(caught)}`);
    }));
  return sourcesFrom(await build.state.images.tree(image), patterns);
}

async function run(build: Build, stage: Stage, step: Taken<'run'>): Promise<void> {
  const [flag] = step.flags;
  if (flag !== undefined) throw BUILDKIT_ONLY(flag.slice(2).split('=')[0] ?? '');
  const { words, isEscaped } = commandWords(step.command, stage.config);
  const held = new Set((stage.config.Env ?? []).map(line => line.split('=')[0]?.toLowerCase()));
  const given = [...build.request.buildArgs].filter(([name]) => BUILT_IN_ARGS.has(name) && !stage.args.has(name));
  const args = [...stage.args, ...given].flatMap(([name, value]) =>
    value === undefined || held.has(name.toLowerCase()) ? [] : [`${name}=${value}`],
  );
  const declared = args.filter(line => stage.args.has(line.split('=')[0] ?? ''));
  const createdBy = runShown(words, declared);
  const { config } = stage;
  await settle(build, stage, config, createdBy, () =>
    runInContainer(build, stage, { words, isEscaped, environment: args }, disk =>
      keepStep(build.state, stage.image, { createdBy, config, disk: diskOf(disk) }),
    ),
  );
}

type Disk = Parameters<Parameters<typeof runInContainer>[3]>[0];
const diskOf = (disk: Disk) => ({ operations: disk.operations, scratchBytes: () => disk.scratchBytes() });
