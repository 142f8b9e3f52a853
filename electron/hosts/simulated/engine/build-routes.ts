import type { Answer } from './answer.ts';
import { buildImage } from './build/build-image.ts';
import { readBuildRequest } from './build/build-request.ts';
import type { Call, Route } from './call.ts';
import type { EngineState } from './engine-state.ts';

/** build: images out of a Dockerfile and its files, by the classic builder; a Windows daemon has no other. */
export function buildRoutes(state: EngineState): readonly Route[] {
  return [['POST', '/build', call => build(state, call)]];
}

/** What is wrong before the first step is an error status; afterwards it is told in the stream. */
async function build(state: EngineState, call: Call): Promise<Answer> {
  const request = await readBuildRequest(call);
  return {
    kind: 'stream',
    contentType: 'application/json',
    run: (to, signal) => buildImage(state, request, to, signal),
  };
}
