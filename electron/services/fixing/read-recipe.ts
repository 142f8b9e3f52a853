import { z } from 'zod';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { ContainerRef } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { isNotFound } from '../engine/engine-errors.ts';
import { readAnswer } from '../engine/read-answer.ts';
import { type CarriedSecrets, carriedSecrets } from './carried-secrets.ts';
import { ImageConfig, Made, notCarriedOver } from './not-carried-over.ts';

/** How a container was made, as far as making it again needs it. */
export interface Recipe {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Docker's Windows syntax. */
  readonly binds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly running: boolean;
  readonly isolation: ContainerRef['isolation'];
  /** As `docker run --rm`. */
  readonly autoRemove: boolean;
  /** Absent: it was given none. */
  readonly secrets?: CarriedSecrets;
}

/**
 * Reads how a container was made. Its variables may hold secrets: they go into the new container and nowhere else; those
 * that a profile brought are left out, since it brings them again. Rejects with `invalid-input`, naming them, where it was
 * made with settings that a launch does not take, or with secrets of a profile that is not known.
 */
export async function readRecipe(
  connection: EngineConnection,
  name: string,
  profiles: readonly Profile[],
  signal?: AbortSignal,
): Promise<Recipe> {
  const answer: unknown = await connection.ask(
    'inspect container',
    (docker, abortSignal) => docker.getContainer(encodeURIComponent(name)).inspect({ abortSignal }),
    { signal },
  );
  const made = readAnswer(Made, answer, 'inspect container');
  const { Id, Name, Path, Args, State, Config, HostConfig } = made;
  const plainName = Name.replace(/^\//, '');
  const argv = [Path, ...(Args ?? [])];
  const labels = Config.Labels ?? {};
  const secrets = carriedSecrets({ name: plainName, argv, labels }, profiles);
  const takesInput = secrets?.needs.some(({ deliver }) => deliver.by === 'stdin') === true;
  const left = notCarriedOver(made, await imageConfig(connection, made.Image, signal), takesInput);
  if (left.length > 0) {
    const message = `${plainName} was made with what a relaunch would drop: ${left.join(', ')}. Nothing was stopped. Stop it and run it anew by your own means, with the changed command line.`;
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'fix', message }] });
  }
  const brought = new Set(
    secrets?.needs.flatMap(({ deliver }) => (deliver.by === 'environment' ? [deliver.variable.toUpperCase()] : [])),
  );
  const variables = (Config.Env ?? []).flatMap((text): [string, string][] => {
    const [, name = '', value = ''] = /^(=?[^=]+)=(.*)$/s.exec(text) ?? [];
    return name === '' || brought.has(name.toUpperCase()) ? [] : [[name, value]];
  });
  return {
    id: Id,
    name: plainName,
    image: Config.Image,
    argv,
    environment: Object.fromEntries(variables),
    binds: HostConfig.Binds ?? [],
    labels,
    running: State.Running,
    isolation: HostConfig.Isolation?.toLowerCase() === 'hyperv' ? 'hyperv' : 'process',
    autoRemove: HostConfig.AutoRemove === true,
    ...(secrets === undefined ? {} : { secrets }),
  };
}

/** What the image itself sets, a new container gets again. An image that is gone sets nothing. */
async function imageConfig(connection: EngineConnection, id: string, signal?: AbortSignal): Promise<ImageConfig> {
  try {
    const answer: unknown = await connection.ask(
      'inspect image',
      (docker): Promise<unknown> => docker.getImage(id).inspect(),
      { signal },
    );
    return readAnswer(z.object({ Config: ImageConfig.nullish() }), answer, 'inspect image').Config ?? {};
  } catch (error) {
    if (isNotFound(error)) return {};
    throw error;
  }
}
