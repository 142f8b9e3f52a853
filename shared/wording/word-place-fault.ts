import type { Fault } from '../contract/fault.ts';
import type { PlaceRefusal } from '../contract/fault-schema.ts';
import { type FaultWords, raw, safe } from './fault-words.ts';

type PlaceFault = Extract<Fault, { code: 'place-unusable' }>;

/** The other way out, as the end of a sentence. */
export const ANOTHER_FOLDER =
  "choose another folder: what is Siloscope's own is kept where the variable SILOSCOPE_HOME says.";

/** A folder or a file of Siloscope's own cannot be where it should be. */
export function wordPlaceFault(fault: PlaceFault): FaultWords {
  return {
    title:
      fault.because === 'a-folder'
        ? `${safe(fault.at)} cannot be used.`
        : `Nothing can be kept in ${safe(fault.path)}.`,
    cause: `${safe(fault.at)} ${CAUSES[fault.because]}.`,
    next: `${STEPS[fault.because]}, or ${ANOTHER_FOLDER}`,
    ...raw(fault.raw),
  };
}

const CAUSES: Readonly<Record<PlaceRefusal, string>> = {
  'not-a-folder': 'is a file, and no folder can be in its place',
  'a-folder': 'is a folder, and a file should be in its place',
  'not-there': 'is not there, and the system does not let it be made',
  'dead-link': 'is a link that leads nowhere',
  'link-circle': 'is a link that leads in a circle',
  'read-only': 'is on a disk that is read-only',
  'too-long': 'is a longer name than the system takes',
  other: 'is refused by the system',
};

const STEPS: Readonly<Record<PlaceRefusal, string>> = {
  'not-a-folder': 'Move that file away',
  'a-folder': 'Move that folder away',
  'not-there': 'Check that the name is right and its disk is there',
  'dead-link': 'Take that link away',
  'link-circle': 'Correct the link',
  'read-only': 'Make the disk writable',
  'too-long': 'Shorten the name',
  other: 'Check the name',
};
