import type { EvidenceStep, EvidenceStepCode, Tried } from '../domain/evidence.ts';
import { formatCount } from './amounts.ts';

/** What a person calls a namespace. */
export type NameOf = (namespace: string) => string;

type Said = Readonly<Record<EvidenceStep['holds'], string | ((step: EvidenceStep, place: string) => string)>>;

/**
 * What one step of the chain says: what was asked, of whom, by what, and with which result. It claims no more than that:
 * one that was not asked says so.
 */
export function wordEvidenceStep(step: EvidenceStep, nameOf: NameOf = id => id): string {
  const said = STEPS[step.code][step.holds];
  const place = step.tried?.from === undefined ? 'outside' : nameOf(step.tried.from);
  const sentence = typeof said === 'string' ? said : said(step, place);
  const tally = step.tried === undefined ? '' : wordTally(step.tried);
  return tally === '' ? sentence : `${sentence} ${tally}`;
}

/** How many places were asked, where that is not told by the sentence before. */
function wordTally({ opened, refused, silent }: Tried): string {
  const asked = opened + refused + silent;
  if (asked <= 1 && silent === 0) return '';
  const counts = [
    opened === 0 ? [] : [`it opens from ${opened}`],
    refused === 0 ? [] : [`does not from ${refused}`],
    silent === 0 ? [] : [`no clear answer from ${silent}`],
  ].flat();
  return `Tried from ${formatCount(asked, 'place')}: ${counts.join(', ')}.`;
}

const NOT_COMPARED = 'Whether the provider that it leads to carries the container’s GUID could not be compared.';

const STEPS: Readonly<Record<EvidenceStepCode, Said>> = {
  'mup-is-shared': {
    yes: 'In its home \\Device\\Mup is a link to \\Device\\Mup; that this means the host’s UNC switchboard (MUP) is inferred.',
    no: ({ mup }) => {
      if (mup === 'own') return 'In its home \\Device\\Mup is no link: it is a UNC switchboard (MUP) of its own.';
      return mup === 'elsewhere'
        ? 'In its home \\Device\\Mup is a link, but not to \\Device\\Mup: which UNC switchboard (MUP) that is, is not known.'
        : 'In its home \\Device\\Mup is no link to \\Device\\Mup: it is a UNC switchboard (MUP) of its own, or leads elsewhere.';
    },
    consistent: 'In its home \\Device\\Mup is a link; where it leads is not known.',
    'not-tested': 'Where \\Device\\Mup of its home leads was not read.',
  },
  'provider-carries-guid': {
    yes: 'It leads to a MUP provider that carries the GUID which HCS gives as the RuntimeId of its container.',
    no: ({ guidFrom }) =>
      guidFrom === undefined
        ? 'It leads to a MUP provider that carries no container’s GUID.'
        : 'It leads to a MUP provider that carries another GUID than the one in the \\Device of its own container.',
    consistent:
      'It leads to the MUP provider in the \\Device of its own container. The container’s GUID is known from that very name and no other source confirms it: the two agree because they are one.',
    'not-tested': NOT_COMPARED,
  },
  'device-is-private': {
    yes: "Its object in its home's \\Device is a device, not a link that leads out of it.",
    no: "Its object in its home's \\Device is no device of its own.",
    consistent: "What its object in its home's \\Device is, is not known for sure.",
    'not-tested': "What its object in its home's \\Device is was not read.",
  },
  'listed-in-silo-only': {
    yes: 'fsptool, run in its home, lists it; run on the host, it does not.',
    no: 'fsptool lists it in its home and on the host.',
    consistent: 'fsptool, run in its home, lists it; what it lists on the host is not known.',
    'not-tested': 'fsptool did not answer both in its home and on the host.',
  },
  'in-no-other-namespace': {
    yes: 'No other \\Device that could be read has an object of its name.',
    no: 'The \\Device of another namespace has an object of its name.',
    consistent: 'No other \\Device that could be read has an object of its name; some could not be read.',
    'not-tested': 'No \\Device but its own home’s was read.',
  },
  'closed-from-outside': {
    yes: (_, place) => `By its device's name it opens in its home and does not open from ${place}.`,
    no: (_, place) => `By its device's name it opens from ${place}, which is not its home.`,
    consistent: (_, place) =>
      `By its device's name it opens in its home and does not open from ${place}; others gave no clear answer.`,
    'not-tested': ({ tried }) =>
      tried === undefined
        ? "By its device's name it was not tried from outside."
        : "By its device's name it was tried from outside, without an answer that proves anything.",
  },
  'opened-through-provider': {
    yes: ({ tried }, place) => {
      if (tried?.winfsp === true) return `By its provider's name it opens from ${place}, and WinFsp answers.`;
      const what = tried?.by === 'type' ? 'a file of it is read (type)' : 'it is listed (dir)';
      return tried?.by === 'probe' || tried?.by === undefined
        ? `By its provider's name it opens from ${place}; that it is WinFsp shows in that name alone.`
        : `By its provider's name ${what} in ${place}; that it is WinFsp shows in that name alone.`;
    },
    no: (_, place) => `By its provider's name it opens in its home, and does not open from ${place}.`,
    consistent: (_, place) =>
      `By its provider's name something opens from ${place}; that it is this volume is not proven.`,
    'not-tested': ({ tried }) =>
      tried === undefined
        ? "By its provider's name it was not tried from outside."
        : "By its provider's name it was tried from outside, without an answer that proves anything.",
  },
  'canary-read-back': {
    yes: (_, place) => `A random token written in its home was read back from ${place}.`,
    no: (_, place) =>
      `A random token written in its home was read there by its provider's name, and not found from ${place}.`,
    consistent: (_, place) => `A random token was written in its home; what ${place} read is not clear.`,
    'not-tested': ({ tried }) =>
      tried === undefined
        ? 'No random token was written in its home and looked for from outside.'
        : 'A random token was written in its home and looked for from outside, without an answer that proves anything.',
  },
};
