import type { AnswerStream } from '../answer.ts';
import { messageOf } from '../api-error.ts';
import type { EngineState } from '../engine-state.ts';
import type { Image } from '../image-store.ts';
import { BuildOutput } from './build-output.ts';
import type { BuildRequest } from './build-request.ts';
import { BUILT_IN_ARGS, type Stage } from './build-stage.ts';
import { expandWord } from './expand-word.ts';
import { type Build, findBase } from './find-base.ts';
import { parseDockerfile, type Step } from './parse-dockerfile.ts';
import { StepFailure } from './step-container.ts';
import { takeStep } from './take-step.ts';

const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);

/** Builds an image step by step with the classic builder, telling each as dockerd does. What fails is told in the stream. */
export async function buildImage(
  state: EngineState,
  request: BuildRequest,
  to: AnswerStream,
  signal: AbortSignal,
): Promise<void> {
  const output = new BuildOutput(to, request.quiet);
  try {
    const image = await runSteps({ state, request, output, signal, stages: [] });
    await output.say(`Successfully built ${short(image.id)}\n`);
    for (const tag of request.tags) {
      state.images.add(image, tag);
      state.events.log('image', 'tag', image.id, { ...image.scenario.labels, name: tag.familiar });
      await output.say(`Successfully tagged ${tag.familiar}\n`);
    }
    await output.done(image.id);
  } catch (caught) {
    await output.fail(messageOf(caught), caught instanceof StepFailure ? caught.exitCode : undefined);
  }
}

async function runSteps(build: Build): Promise<Image> {
  const { request, output } = build;
  const steps = [...wantedSteps(request), ...labelSteps(request)];
  for (const text of request.dockerfile.warnings) {
    await output.complain(
      `[WARNING]: Empty continuation line found in:\n    ${text}\n[WARNING]: Empty continuation lines will become errors in a future release.\n`,
    );
  }
  const globals = new Map<string, string | undefined>();
  const used = new Set<string>();
  let stage: Stage | undefined;
  for (const [index, step] of steps.entries()) {
    if (build.signal.aborted) throw new Error('Build cancelled');
    if (step.kind === 'from' && stage !== undefined) await endStage(build, stage);
    await output.step(index + 1, steps.length, step.text);
    if (stage === undefined && step.kind === 'arg') {
      for (const [name, value] of step.pairs) globals.set(name, argValue(build, name, value, globals, used));
      continue;
    }
    if (step.kind === 'from') {
      stage = await beginStage(build, step, globals);
      await takeTriggers(build, stage, stage.image.config.OnBuild ?? []);
    } else if (stage !== undefined) {
      if (step.kind === 'arg') declare(build, stage, step.pairs, globals, used);
      await takeStep(build, stage, step);
    }
    await output.say(` ---> ${stage === undefined ? '' : short(stage.image.id)}\n`);
  }
  if (stage === undefined) throw new Error('No image was generated. Is your Dockerfile empty?');
  await endStage(build, stage);
  const unused = [...request.buildArgs.keys()].filter(name => !used.has(name) && !BUILT_IN_ARGS.has(name)).sort();
  if (unused.length > 0) {
    await output.say(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`);
  }
  return stage.image;
}

/** Up to the end of the stage that was asked for. */
function wantedSteps({ dockerfile: { steps }, target }: BuildRequest): readonly Step[] {
  if (target === '') return steps;
  const begins = steps.flatMap((step, index) => (step.kind === 'from' ? [{ index, name: step.stage }] : []));
  const named = begins.findIndex(({ name }) => name === target.toLowerCase());
  const next = begins[(named === -1 ? Number(target) : named) + 1];
  return next === undefined ? steps : steps.slice(0, next.index);
}

/** `--label` becomes LABEL steps at the end. */
function labelSteps({ labels }: BuildRequest): readonly Step[] {
  return Object.keys(labels)
    .sort()
    .map(name => {
      const value = labels[name] ?? '';
      const quote = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
      return { kind: 'label', line: 0, text: `LABEL ${name}=${value}`, pairs: [[quote(name), quote(value)]] };
    });
}

async function endStage({ output, stages }: Build, stage: Stage): Promise<void> {
  await output.tell({ aux: { ID: stage.image.id } });
  stages.push(stage);
}

async function beginStage(
  build: Build,
  step: Step & { readonly kind: 'from' },
  globals: ReadonlyMap<string, string | undefined>,
): Promise<Stage> {
  if (step.stage !== undefined && build.stages.some(({ name }) => name === step.stage)) {
    throw new Error(`${step.stage} stage name already used`);
  }
  const name = expandWord(step.image, variable => globals.get(variable), build.request.dockerfile.escape);
  if (name === '') throw new Error(`base name (${step.image}) should not be blank`);
  const image = await findBase(build, name);
  if (image.scenario.base === 'linux') throw new Error('operating system is not supported');
  return {
    name: step.stage,
    image,
    config: { ...image.config, OnBuild: null },
    args: new Map(),
    cmdSet: false,
    cached: build.request.useCache,
  };
}

/** What the base wants done first; it is not inherited further. */
async function takeTriggers(build: Build, stage: Stage, triggers: readonly string[]): Promise<void> {
  if (triggers.length === 0) return;
  await build.output.say(`# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}\n`);
  for (const trigger of triggers) {
    const [, step] = parseDockerfile(`FROM base\n${trigger}`).steps;
    if (step === undefined) continue;
    if (step.kind === 'arg') for (const [name, value] of step.pairs) stage.args.set(name, value);
    await takeStep(build, stage, step);
  }
}

type Pairs = readonly (readonly [name: string, value: string | undefined])[];

function declare(
  build: Build,
  stage: Stage,
  pairs: Pairs,
  globals: ReadonlyMap<string, string | undefined>,
  used: Set<string>,
): void {
  for (const [name, value] of pairs) {
    // An arg from before the first FROM is inherited by name alone.
    const known = value === undefined ? globals.get(name) : undefined;
    stage.args.set(name, argValue(build, name, value, stage.args, used) ?? known);
  }
}

/** What the client gave, else the default, in which earlier args stand. */
function argValue(
  { request }: Build,
  name: string,
  fallback: string | undefined,
  known: ReadonlyMap<string, string | undefined>,
  used: Set<string>,
): string | undefined {
  used.add(name);
  const given = request.buildArgs.get(name);
  if (given !== undefined) return given;
  return fallback === undefined
    ? undefined
    : expandWord(fallback, variable => known.get(variable), request.dockerfile.escape);
}
