import { z } from 'zod';
import { type Answer, json } from './answer.ts';
import { badRequest, notImplemented } from './api-error.ts';
import type { Call, Route } from './call.ts';
import type { EngineState } from './engine-state.ts';
import { normalise } from './image-reference.ts';
import { missingImage } from './image-store.ts';
import { findInRegistry, pullImages, tagsInRegistry } from './pull.ts';
import { pushImage } from './push.ts';

/** Images on their way: pull, push, what a registry says of one; archives of them are not modelled. */
export function transferRoutes(state: EngineState): readonly Route[] {
  return [
    ['GET', '/images/get', () => notDone('save images')],
    ['POST', '/images/load', () => notDone('load images')],
    ['GET', '/images/search', () => notDone('search a registry')],
    ['POST', '/images/create', call => pull(state, call)],
    ['GET', '/images/{*}/get', () => notDone('save images')],
    ['POST', '/images/{*}/push', call => push(state, call)],
    ['GET', '/distribution/{*}/json', call => json(distribution(state, call))],
  ];
}

function notDone(what: string): never {
  throw notImplemented(`the simulated engine does not ${what}`);
}

function pull(state: EngineState, call: Call): Answer {
  const from = call.text('fromImage') ?? '';
  if (from === '') throw notImplemented('the simulated engine does not import images');
  const platform = call.text('platform') ?? '';
  if (platform !== '' && !/^windows(\/amd64)?$/i.test(platform)) throw badRequest('operating system is not supported');
  const tagText = call.text('tag') ?? '';
  // Without a tag, and with none in the name, all of the repository are meant.
  if (tagText === '' && !/[:@][^/]*$/.test(from)) return pullAll(state, from);
  const separator = tagText.startsWith('sha256:') ? '@' : ':';
  const reference = normalise(tagText === '' ? from : `${from}${separator}${tagText}`);
  if (reference === undefined) throw badRequest('invalid reference format');
  const image = findInRegistry(state, reference);
  return {
    kind: 'stream',
    contentType: 'application/json',
    run: (to, signal) => pullImages(state, [[image, reference]], to, signal),
  };
}

function pullAll(state: EngineState, from: string): Answer {
  const repository = normalise(from)?.repository;
  if (repository === undefined) throw missingImage(from);
  const tags = tagsInRegistry(state, repository).flatMap(familiar => normalise(familiar) ?? []);
  const [first] = tags;
  // A repository that nobody has is refused as a single tag is.
  if (first === undefined) findInRegistry(state, { familiar: repository, repository, tag: '', digest: undefined });
  return {
    kind: 'stream',
    contentType: 'application/json',
    run: (to, signal) => {
      const wanted = tags.map(tag => [findInRegistry(state, tag), tag] as const);
      return pullImages(state, wanted, to, signal);
    },
  };
}

function push(state: EngineState, call: Call): Answer {
  const name = call.parameter();
  const tagText = call.text('tag') ?? '';
  const reference = normalise(tagText === '' ? name : `${name}:${tagText}`);
  if (reference === undefined) throw missingImage(name);
  const request = {
    tags: tagText === '' ? ('all' as const) : reference,
    repository: reference.repository,
    isSignedIn: userOf(call) !== '',
  };
  return {
    kind: 'stream',
    contentType: 'application/json',
    run: (to, signal) => pushImage(state, request, to, signal),
  };
}

const RegistryAuth = z.looseObject({ username: z.string().nullish() });

/** The user of `X-Registry-Auth`, base64 of JSON; what is malformed is passed over, as dockerd does. */
function userOf(call: Call): string {
  const text = Buffer.from(String(call.parts.headers['x-registry-auth'] ?? ''), 'base64url').toString('utf8');
  try {
    return RegistryAuth.parse(JSON.parse(text)).username ?? '';
  } catch {
    return '';
  }
}

/** What the registry says of an image without pulling it: lets a client see os.version first. */
function distribution(state: EngineState, call: Call): unknown {
  const reference = normalise(call.parameter());
  if (reference === undefined) throw badRequest('invalid reference format');
  const image = findInRegistry(state, reference);
  const { osVersion, base } = image.scenario;
  return {
    Descriptor: {
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      digest: image.digest,
      size: 500 + image.layers.length * 150,
    },
    Platforms: [
      {
        architecture: 'amd64',
        os: base === 'linux' ? 'linux' : 'windows',
        ...(osVersion === undefined ? {} : { 'os.version': osVersion }),
      },
    ],
  };
}
