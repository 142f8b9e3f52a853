import type { ImageConfig } from '../image-config.ts';
import type { Image } from '../image-store.ts';
import {
  BUILT_IN_ARGS,
  cachedImage,
  commandWords,
  keepStep,
  nothingRun,
  quotedList,
  runShown,
  type Stage,
  withEnvironment,
} from './build-stage.ts';
import { copyTo, hashSources, makeDirectory, sourcesFrom, sourcesIn } from './copy-sources.ts';
import { expandWord, expandWords } from './expand-word.ts';
import { type Build, findBase } from './find-base.ts';
import type { Step } from './parse-dockerfile.ts';
import { inContainer, runInContainer } from './step-container.ts';
import { copyTarget, workingDirectory } from './windows-place.ts';

type Taken<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

const BUILDKIT_ONLY = (option: string): Error =>
  new Error(
    `the --${option} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`,
  );

/** Takes one step within a stage: the stage's image is then the one that it made, or found in the cache. */
export async function takeStep(build: Build, stage: Stage, step: Step): Promise<void> {
  const word = wordReader(build, stage);
  switch (step.kind) {
    case 'from':
      throw new Error('FROM begins a stage');
    case 'arg': {
      const shown = step.pairs.map(([name]) => assignment(name, stage.args.get(name)));
      return note(build, stage, {}, `ARG ${shown.join(' ')}`);
    }
    case 'env': {
      const pairs = step.pairs.map(([name, value = '']) => [word(name), word(value)] as const);
      const shown = pairs.map(([name, value]) => assignment(name, value));
      return note(build, stage, { Env: withEnvironment(stage.config.Env, pairs) }, `ENV ${shown.join(' ')}`);
    }
    case 'label': {
      const pairs = step.pairs.map(([name, value = '']) => [word(name), word(value)] as const);
      const shown = pairs.map(([name, value]) => assignment(name, value));
      const Labels = { ...stage.config.Labels, ...Object.fromEntries(pairs) };
      return note(build, stage, { Labels }, `LABEL ${shown.join(' ')}`);
    }
    case 'user':
      return note(build, stage, { User: word(step.value) }, `USER ${word(step.value)}`);
    case 'stopsignal':
      return note(build, stage, { StopSignal: word(step.value) }, `STOPSIGNAL ${word(step.value)}`);
    case 'maintainer':
      return note(build, stage, {}, `MAINTAINER ${step.value}`);
    case 'onbuild':
      return note(build, stage, { OnBuild: [...(stage.config.OnBuild ?? []), step.value] }, `ONBUILD ${step.value}`);
    case 'healthcheck':
      return note(build, stage, { Healthcheck: { Test: step.test } }, `HEALTHCHECK ${quotedList(step.test)}`);
    case 'shell':
      return note(build, stage, { Shell: step.words }, `SHELL [${step.words.join(' ')}]`);
    case 'expose':
      return expose(build, stage, step);
    case 'volume': {
      const words = step.words.map(word);
      const Volumes = { ...stage.config.Volumes, ...Object.fromEntries(words.map(path => [path, {}])) };
      return note(build, stage, { Volumes }, `VOLUME [${words.join(' ')}]`);
    }
    case 'cmd':
    case 'entrypoint':
      return setCommand(build, stage, step);
    case 'workdir':
      return enterDirectory(build, stage, word(step.value));
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

function variablesOf({ config, args }: Stage): (name: string) => string | undefined {
  const held = (config.Env ?? []).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return name => held.find(([key]) => key?.toLowerCase() === name.toLowerCase())?.[1] ?? args.get(name);
}

const assignment = (name: string, value: string | undefined): string =>
  value === undefined ? name : `${name}=${value}`;

/** A step that changes the configuration alone. Its container is made and never started, as dockerd does. */
async function note(
  build: Build,
  stage: Stage,
  change: Partial<ImageConfig>,
  comment: string,
  blanks: ' ' | '  ' = '  ',
): Promise<void> {
  const config = { ...stage.config, ...change };
  const createdBy = nothingRun(config, comment, blanks);
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

async function expose(build: Build, stage: Stage, step: Taken<'expose' | 'volume'>): Promise<void> {
  const words = step.words.flatMap(text => expandWords(text, variablesOf(stage), build.request.dockerfile.escape));
  const ports = words.map(text => {
    const [, port = '', protocol = 'tcp'] = /^(\d+)(?:\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
    if (port === '' || Number(port) > 65_535) throw new Error(`Invalid containerPort: ${text}`);
    return `${port}/${protocol.toLowerCase()}`;
  });
  const ExposedPorts = { ...stage.config.ExposedPorts, ...Object.fromEntries(ports.map(port => [port, {}])) };
  await note(build, stage, { ExposedPorts }, `EXPOSE ${words.join(' ')}`);
}

async function setCommand(build: Build, stage: Stage, { kind, command }: Taken<'cmd' | 'entrypoint'>): Promise<void> {
  const { words, isEscaped } = commandWords(command, stage.config);
  const escaped = isEscaped ? { ArgsEscaped: true } : {};
  const { ArgsEscaped: _, ...rest } = stage.config;
  const hasOther = (kind === 'cmd' ? stage.config.Entrypoint : stage.cmdSet ? stage.config.Cmd : null) !== null;
  if (hasOther && (stage.config.ArgsEscaped === true) !== isEscaped) {
    const [shellForm, execForm] = kind === 'cmd' ? ['ENTRYPOINT', 'CMD'] : ['CMD', 'ENTRYPOINT'];
    await build.output.complain(
      ` ---> [Warning] Shell-form ${shellForm} and exec-form ${execForm} may have unexpected results\n`,
    );
  }
  stage.config = rest;
  if (kind === 'cmd') {
    await note(build, stage, { Cmd: words, ...escaped }, `CMD ${quotedList(words)}`);
    stage.cmdSet ||= words.length > 0;
    return;
  }
  const Cmd = stage.cmdSet ? stage.config.Cmd : null;
  await note(build, stage, { Entrypoint: words, Cmd, ...escaped }, `ENTRYPOINT ${quotedList(words)}`);
}

async function enterDirectory(build: Build, stage: Stage, asked: string): Promise<void> {
  const WorkingDir = workingDirectory(stage.config.WorkingDir, asked);
  const config = { ...stage.config, WorkingDir };
  const createdBy = nothingRun(config, `WORKDIR ${WorkingDir}`, ' ');
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
