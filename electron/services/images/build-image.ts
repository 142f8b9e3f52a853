import { sleep } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { ParsedInputOf } from '../../../shared/contract/operation.ts';
import { decode, decodeExitCode } from '../../../shared/domain/error-decoder.ts';
import type { BuildProgress, BuiltImage, RecipePlan } from '../../../shared/domain/image-recipe.ts';
import { type DockerfileLine, dockerfileLines, FORBIDDEN } from '../../../shared/domain/judge-recipe.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { wordRecipeIssue } from '../../../shared/wording/word-recipe.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { diskFull, engineFault, isNotFound } from '../engine/engine-errors.ts';
import { readImageRow } from '../engine/image-rows.ts';
import { readJsonLines } from '../engine/json-lines.ts';
import { pullImage } from '../engine/pull-image.ts';
import { requireRunnable } from '../launching/choose-image.ts';
import type { Surroundings } from '../surroundings.ts';
import { applyBuildLine, type BuildState, STARTED_BUILD } from './build-stream.ts';
import { MOST_CONTEXT_BYTES, planRecipe } from './plan-recipe.ts';
import { removeImage } from './remove-image.ts';
import { contextOf } from './send-context.ts';

/** The engine needs a moment to let a container go whose build was given up. */
const PATIENCE_MS = 5_000;
const AGAIN_MS = 250;

/**
 * Builds an image by a recipe with the classic builder, which is the only one that Windows daemons have. A failure is
 * `build-failed` with its step and its line; it and an abort take away what the build had made.
 */
export async function buildImage(
  around: Surroundings,
  asked: ParsedInputOf<Contract, 'image.build'>,
  profiles: readonly Profile[],
  tell: (progress: BuildProgress) => void,
  signal?: AbortSignal,
): Promise<BuiltImage> {
  const { connection, host, clock } = around;
  const plan = await planRecipe(around, asked, profiles, signal);
  requireBuildable(plan);
  requireRunnable(plan.base, host.facts);
  if (!plan.base.local) await pullImage(connection, plan.base.reference, pull => tell({ kind: 'pull', pull }), signal);
  const lines = dockerfileLines(plan.recipe.dockerfile);
  const { stream, sent } = contextOf(
    host,
    plan.recipe.dockerfile,
    plan.files,
    sentBytes => tell({ kind: 'sending', sentBytes, totalBytes: plan.contextBytes }),
    signal,
  );
  const options = {
    t: plan.tag,
    buildargs: { ...plan.recipe.args, BASE: plan.base.reference },
    rm: true,
    forcerm: true,
    nocache: !asked.useCache,
    isolation: 'process',
    version: '1',
  } as const;
  let state = STARTED_BUILD;
  try {
    const answer = await connection.order(
      'build image',
      (docker, abortSignal) => docker.buildImage(stream, { ...options, abortSignal: signal ?? abortSignal }),
      { timeoutMs: 24 * 3_600_000, signal },
    );
    for await (const line of readJsonLines(answer as AsyncIterable<Buffer>)) {
      if (!('value' in line)) continue;
      const applied = applyBuildLine(state, line.value, lines);
      state = applied.state;
      if (applied.told !== undefined) tell(applied.told);
    }
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' });
    if (state.error !== undefined) throw failed(plan, state, state.error.message);
    if (!state.isBuilt || state.id === undefined) throw failed(plan, state, 'the engine ended the answer early');
  } catch (caught) {
    stream.destroy();
    await takeBack(around, state.made);
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: caught });
    throw refused(plan, lines, caught);
  }
  const at = new Date(clock.now()).toISOString();
  const image = await readImageRow(connection, plan.tag, host.facts, at, { signal });
  return { image, tag: plan.tag, id: state.id, files: [...sent], warnings: [...state.warnings] };
}

function requireBuildable({ issues, files, contextBytes }: RecipePlan): void {
  const wrong = issues
    .filter(({ because }) => FORBIDDEN.has(because))
    .map(issue => ({
      path: issue.line === undefined ? 'recipe' : `recipe, line ${issue.line}`,
      message: wordRecipeIssue(issue),
    }));
  const missing = files
    .filter(({ sizeBytes, optional }) => sizeBytes === undefined && !optional)
    .map(({ from, name }) => ({
      path: 'recipe.files',
      message: `${from} is not on the host. Put it there, or say where it is: \`--file ${name}=PATH\`.`,
    }));
  const tooMuch =
    contextBytes > MOST_CONTEXT_BYTES
      ? [{ path: 'recipe.files', message: 'Its files are larger than 1 GiB together.' }]
      : [];
  const all = [...wrong, ...missing, ...tooMuch];
  if (all.length > 0) throw new FaultError({ code: 'invalid-input', issues: all });
}

function failed({ tag }: RecipePlan, { step, error, output }: BuildState, raw: string): FaultError {
  const full = diskFull(raw);
  if (full !== undefined) return new FaultError(full);
  const { exitCode } = error ?? {};
  const decoded = decode(output) ?? decode(raw) ?? (exitCode === undefined ? undefined : decodeExitCode(exitCode));
  return new FaultError({
    code: 'build-failed',
    image: tag,
    raw,
    ...(step === undefined ? {} : { step: step.number, steps: step.of, instruction: step.text }),
    ...(step?.line === undefined ? {} : { line: step.line }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(output.trim() === '' ? {} : { output }),
    ...(decoded === undefined ? {} : { decoded }),
  });
}

/** What the engine refused before the first step is about the recipe, and names its line. */
function refused(plan: RecipePlan, lines: readonly DockerfileLine[], caught: unknown): FaultError {
  if (caught instanceof FaultError && caught.fault.code !== 'engine-refused') return caught;
  const { fault } = engineFault(caught, 'build image', 'the engine');
  if (fault.code !== 'engine-refused') return new FaultError(fault, { cause: caught });
  const line = /\bline (\d+):/.exec(fault.raw)?.[1];
  const instruction = lines.find(one => one.line === Number(line))?.text;
  return new FaultError({
    code: 'build-failed',
    image: plan.tag,
    raw: fault.raw,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(instruction === undefined ? {} : { instruction }),
    ...(fault.decoded === undefined ? {} : { decoded: fault.decoded }),
  });
}

/** Takes the images of a build away that did not come to its end, the newest first; with it go those below it. */
async function takeBack({ connection, clock }: Surroundings, made: readonly string[]): Promise<void> {
  for (const id of made.toReversed()) await removeWhenFree(connection, id, clock.now() + PATIENCE_MS, clock);
}

async function removeWhenFree(
  connection: EngineConnection,
  id: string,
  until: number,
  clock: Surroundings['clock'],
): Promise<void> {
  for (;;) {
    try {
      await removeImage(connection, id);
      return;
    } catch (caught) {
      const { code } = faultOf(caught);
      // What another build stands upon stays, and so does all when the engine is gone.
      if (isNotFound(caught) || code !== 'engine-refused' || clock.now() >= until) return;
    }
    await sleep(clock, AGAIN_MS);
  }
}
