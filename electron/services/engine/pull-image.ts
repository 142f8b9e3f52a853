import { FaultError } from '../../../shared/contract/fault.ts';
import { decode } from '../../../shared/domain/error-decoder.ts';
import type { PullProgress } from '../../../shared/domain/launch.ts';
import type { EngineConnection } from './engine-connection.ts';
import { diskFull, engineFault } from './engine-errors.ts';
import { readJsonLines } from './json-lines.ts';
import { applyPullLine, type PullState, pullProgress, startedPull } from './pull-progress.ts';

/**
 * Pulls an image and tells each step. A failure in the stream is `pull-failed` with the layer that was busy, and so is
 * a stream that ends without the engine's word that the image is there. No limit in time: a pull takes what it takes.
 */
export async function pullImage(
  connection: EngineConnection,
  image: string,
  tell: (progress: PullProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) throw new FaultError({ code: 'cancelled' });
  let state = startedPull(image);
  tell(pullProgress(state));
  try {
    const stream = await connection.order(
      'pull image',
      docker => docker.pull(image, signal === undefined ? {} : { abortSignal: signal }),
      { timeoutMs: 300_000, signal },
    );
    for await (const line of readJsonLines(stream as AsyncIterable<Buffer>)) {
      if (!('value' in line)) continue;
      const next = applyPullLine(state, line.value);
      if (next === state) continue;
      state = next;
      if (state.error === undefined) tell(pullProgress(state));
    }
  } catch (error) {
    if (signal?.aborted) throw new FaultError({ code: 'cancelled' }, { cause: error });
    throw cutShort(error, state);
  }
  if (signal?.aborted) throw new FaultError({ code: 'cancelled' });
  if (state.error !== undefined) throw failed(state, state.error.message, state.error.layer);
  if (!state.complete) throw failed(state, 'the engine ended the answer early', state.lastLayer);
}

function failed(state: PullState, raw: string, layer: string | undefined): FaultError {
  const full = diskFull(raw);
  if (full !== undefined) return new FaultError(full);
  const decoded = decode(raw);
  return new FaultError({
    code: 'pull-failed',
    image: state.image,
    raw,
    ...(layer === undefined ? {} : { layer }),
    ...(decoded === undefined ? {} : { decoded }),
  });
}

/** A refusal before the first line is about the image; a connection lost on the way is about the engine. */
function cutShort(error: unknown, state: PullState): FaultError {
  const { fault } = engineFault(error, 'pull image', 'the engine');
  if (fault.code === 'engine-refused') return failed(state, fault.raw, undefined);
  if (state.layers.length > 0 && fault.code === 'engine-unreachable') return failed(state, fault.raw, state.lastLayer);
  return new FaultError(fault, { cause: error });
}
