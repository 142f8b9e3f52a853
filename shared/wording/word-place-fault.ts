import type { Fault } from '../contract/fault.ts';
import type { PlaceRefusal } from '../contract/fault-schema.ts';
import { capital, type FaultWords, raw, safe } from './fault-words.ts';

type PlaceFault = Extract<Fault, { code: 'place-unusable' }>;

/** The other way out, as the end of a sentence. */
export const ANOTHER_FOLDER = 'choose another folder: Siloscope keeps its own where the variable SILOSCOPE_HOME says.';
const OTHER_KNOWN_HOSTS = 'name another file for known hosts: UserKnownHostsFile in your SSH configuration.';

/** A folder or a file of Siloscope's own cannot be where it should be. */
export function wordPlaceFault(fault: PlaceFault): FaultWords {
  return {
    title:
      fault.because === 'a-folder'
        ? `${safe(fault.at)} cannot be used.`
        : `Nothing can be kept in ${safe(fault.path)}.`,
    cause: `${safe(fault.at)} ${CAUSES[fault.because]}.`,
    next:
      fault.of === undefined
        ? `${capital(ANOTHER_FOLDER)} Or ${STEPS[fault.because]}.`
        : `${capital(STEPS[fault.because])}, or ${OTHER_KNOWN_HOSTS}`,
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
  'not-a-folder': 'move that file away',
  'a-folder': 'move that folder away',
  'not-there': 'check that the name is right and its disk is there',
  'dead-link': 'take that link away',
  'link-circle': 'correct the link',
  'read-only': 'make the disk writable',
  'too-long': 'shorten the name',
  other: 'check the name',
};
