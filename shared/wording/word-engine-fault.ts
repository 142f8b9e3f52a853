import { assertNever } from '../base/assert-never.ts';
import type { Fault } from '../contract/fault.ts';
import { BASE_IMAGE_CATALOGUE, referenceOf } from '../domain/base-image-catalogue.ts';
import { composeCmdLine } from '../domain/cmd-line.ts';
import { decodeExitCode, statusText } from '../domain/error-decoder.ts';
import { nearestName } from '../domain/nearest-name.ts';
import { type FaultWords, fromDecoded, raw, safe, sentence } from './fault-words.ts';
import { engineTlsStep } from './word-readiness.ts';

type EngineFault = Extract<Fault, { code: 'engine-unreachable' | 'engine-refused' | 'pull-failed' | 'build-failed' }>;

/** The Docker Engine did not do what was asked. */
export function wordEngineFault(fault: EngineFault): FaultWords {
  switch (fault.code) {
    case 'engine-unreachable':
      return {
        title: fault.because === 'tls' ? 'The Docker Engine was not asked.' : 'The Docker Engine does not answer.',
        cause: sentence(fault.cause),
        next: fault.because === 'tls' ? engineTlsStep : `Start it, or check who may use ${safe(fault.endpoint)}.`,
        command: 'siloscope doctor',
        ...raw(fault.raw),
      };
    case 'engine-refused':
      return {
        title: `The engine refused: ${safe(fault.operation)}.`,
        ...fromDecoded(fault.decoded, {
          cause: `It answered ${fault.statusCode}.`,
          next: 'See what it says below, and whether all is ready with `siloscope doctor`.',
        }),
        ...raw(fault.raw),
      };
    case 'pull-failed': {
      if (NO_SUCH_IMAGE.test(fault.raw)) return wordNoSuchImage(fault);
      return {
        title: `The image ${safe(fault.image)} could not be pulled.`,
        ...fromDecoded(fault.decoded, {
          cause:
            fault.layer === undefined ? 'The engine gave up.' : `The engine gave up at layer ${safe(fault.layer)}.`,
          next: 'Pull again; finished layers are not downloaded twice.',
        }),
        command: composeCmdLine(['siloscope', 'images', '--pull', safe(fault.image)]),
        ...raw(fault.raw),
      };
    }
    case 'build-failed': {
      const known = fault.decoded ?? decodeExitCode(fault.exitCode ?? 0);
      const ended = fault.exitCode === undefined ? '' : ` Its command ended with ${statusText(fault.exitCode)}.`;
      return {
        title: `The image ${safe(fault.image)} was not built.`,
        cause: `${wordBuildPlace(fault)}${ended}${known === undefined ? '' : ` ${known.cause}`}`.trim(),
        next: known?.fix ?? 'Correct the recipe and build again. Nothing was left behind.',
        ...raw([fault.output ?? '', fault.raw].filter(text => text.trim() !== '').join('\n')),
      };
    }
    default:
      return assertNever(fault, 'fault');
  }
}

/** What registries say of a name that they have no image under, as the engine hands it on. Ground: moby distribution/errors.go. */
const NO_SUCH_IMAGE = /pull access denied|repository does not exist|manifest unknown|manifest for \S+ not found/i;

/** Names of images share most of their letters: more edits than that lead to any other. */
const MOST_TYPOS = 3;

/** A base image whose name is near that, which may be meant; else where all of them are listed. A second pull helps nobody. */
function wordNoSuchImage({ image, decoded, raw: said }: Extract<Fault, { code: 'pull-failed' }>): FaultWords {
  const near = nearestName(image, BASE_IMAGE_CATALOGUE.map(referenceOf), MOST_TYPOS);
  const words = fromDecoded(decoded, { cause: 'There is no image of that name.', next: 'Check the name.' });
  return {
    title: `The image ${safe(image)} could not be pulled.`,
    cause: words.cause,
    next: near === undefined ? words.next : `${near} is near that name. ${words.next}`,
    command: near === undefined ? 'siloscope images' : composeCmdLine(['siloscope', 'images', '--pull', near]),
    ...raw(said),
  };
}

function wordBuildPlace({ step, steps, line, instruction }: Extract<Fault, { code: 'build-failed' }>): string {
  const places = [
    ...(step === undefined ? [] : [`step ${step} of ${steps ?? '?'}`]),
    ...(line === undefined ? [] : [`line ${line} of the Dockerfile`]),
  ];
  if (places.length === 0) return 'The engine did not begin, and says why.';
  return `It failed at ${places.join(', ')}${instruction === undefined ? '' : `: ${safe(instruction)}`}.`;
}
