import { z } from 'zod';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { readAnswer } from '../engine/read-answer.ts';

/** How a container was made, as far as making it again needs it. */
export interface Recipe {
  readonly name: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Docker's Windows syntax. */
  readonly binds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly running: boolean;
}

const Made = z.object({
  Name: z.string(),
  Path: z.string(),
  Args: z.array(z.string()).nullish(),
  State: z.object({ Running: z.boolean() }),
  Config: z.object({
    Image: z.string(),
    Env: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
  HostConfig: z.object({ Binds: z.array(z.string()).nullish() }),
});

/** Reads how a container was made. Its variables may hold secrets: they go into the new container and nowhere else. */
export async function readRecipe(connection: EngineConnection, name: string, signal?: AbortSignal): Promise<Recipe> {
  const answer: unknown = await connection.ask(
    'inspect container',
    (docker, abortSignal) => docker.getContainer(encodeURIComponent(name)).inspect({ abortSignal }),
    { signal },
  );
  const { Name, Path, Args, State, Config, HostConfig } = readAnswer(Made, answer, 'inspect container');
  const variables = (Config.Env ?? []).map(text => /^(=?[^=]+)=(.*)$/s.exec(text));
  return {
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    argv: [Path, ...(Args ?? [])],
    environment: Object.fromEntries(variables.flatMap(one => (one === null ? [] : [[one[1] ?? '', one[2] ?? '']]))),
    binds: HostConfig.Binds ?? [],
    labels: Config.Labels ?? {},
    running: State.Running,
  };
}
