import type { EngineState } from '../engine-state.ts';
import { normalise } from '../image-reference.ts';
import type { Image } from '../image-store.ts';
import { fetchImage, findInRegistry } from '../pull.ts';
import type { BuildOutput } from './build-output.ts';
import type { BuildRequest } from './build-request.ts';
import type { Stage } from './build-stage.ts';

/** One build under way. */
export interface Build {
  readonly state: EngineState;
  readonly request: BuildRequest;
  readonly output: BuildOutput;
  readonly signal: AbortSignal;
  /** Stages that are complete, in order. */
  readonly stages: Stage[];
}

/** A stage before, an image that is here, or one that is pulled. */
export async function findBase(build: Build, name: string): Promise<Image> {
  const { state, request, output, signal, stages } = build;
  const stage = stages.find(other => other.name === name.toLowerCase());
  if (stage !== undefined) return stage.image;
  if (name === 'scratch') throw new Error('Windows does not support FROM scratch');
  const reference = normalise(name);
  const here = state.images.find(name);
  if (here !== undefined && !request.pull) return here;
  if (reference === undefined) {
    throw new Error(
      /[A-Z]/.test(name.split(':')[0] ?? '')
        ? 'invalid reference format: repository name must be lowercase'
        : 'invalid reference format',
    );
  }
  const found = findInRegistry(state, reference);
  await fetchImage(state, found, reference, line => output.tell(line), signal);
  return state.images.get(reference.familiar);
}
