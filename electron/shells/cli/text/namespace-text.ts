import type { ListingDiff } from '../../../../shared/domain/compare-listings.ts';
import type {
  FoundObject,
  ListedObject,
  ObjectListing,
  UnseenDirectory,
} from '../../../../shared/domain/object-entry.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { wordLinkEnd } from '../../../../shared/wording/word-link-end.ts';
import type { Page } from './page.ts';
import { doubtful, faint, type Text } from './style.ts';

/** Where a link ends, in a cell. */
export function endText({ leads, target }: Pick<ListedObject, 'leads' | 'target'>): Text {
  return leads === undefined || target === undefined ? '' : wordLinkEnd(leads, target);
}

const whole = ({ type, target }: ListedObject): string => (target === undefined ? type : `${type} -> ${target}`);

interface Compared {
  readonly here: ObjectListing;
  readonly there: ObjectListing;
  /** What a person calls the two namespaces. */
  readonly names: Readonly<Record<'here' | 'there', string>>;
  readonly diff: ListingDiff;
  /** They were taken at times that matter. */
  readonly areMoments: boolean;
}

/** A container by its name, and by the silo that it is: `billing (silo:5344)`. */
export function placeName({ namespace }: Pick<ObjectListing, 'namespace'>, container: string | undefined): string {
  return container === undefined ? namespace : `${container} (${namespace})`;
}

/** What tells two directories apart, or one at two moments. */
export function writeDiff(page: Page, { here, there, names, diff, areMoments }: Compared): void {
  const { onlyHere, onlyThere, changed, alike } = diff;
  const side = (which: 'here' | 'there'): string =>
    areMoments ? `${names[which]} at ${(which === 'here' ? here : there).takenAt}` : names[which];
  page.text(faint(`${here.path}: ${side('here')} beside ${side('there')}`));
  if (onlyHere.length + onlyThere.length + changed.length === 0) {
    page.text(`They list the same: ${formatCount(alike, 'object')}.`);
    return;
  }
  page.table({
    columns: ['', 'NAME', side('here'), side('there')],
    rows: [
      ...onlyHere.map((entry): Text[] => ['<', entry.name, whole(entry), faint('-')]),
      ...onlyThere.map((entry): Text[] => ['>', entry.name, faint('-'), whole(entry)]),
      ...changed.map(({ here: one, there: other }): Text[] => ['!', one.name, whole(one), whole(other)]),
    ],
  });
  page.text(faint(`${formatCount(alike, 'object')} more ${alike === 1 ? 'is' : 'are'} the same, or shared by a link.`));
}

interface Found {
  readonly found: readonly FoundObject[];
  readonly unseen: readonly UnseenDirectory[];
  readonly directories: number;
  readonly namespaces: number;
  readonly capped: boolean;
}

/** Who exposes a name. */
export function writeFound(page: Page, name: string, answer: Found): void {
  const { found } = answer;
  if (found.length === 0 && answer.unseen.length === 0 && !answer.capped) page.text(`Nobody exposes ${name}.`);
  else if (found.length === 0) page.text(`${name} was not found; not everything could be looked into.`);
  else {
    page.table({
      columns: ['NAMESPACE', 'DIRECTORY', 'NAME', 'TYPE', 'TARGET', 'LEADS TO'],
      rows: found.map(object => [
        object.label,
        object.directory,
        object.name,
        object.type,
        object.target ?? '',
        endText(object),
      ]),
    });
  }
  writeBounds(page, answer);
}

/** All that is below a path, a level a step to the right. */
export function writeTree(page: Page, path: string, answer: Found): void {
  const top = path.replace(/\\+$/, '');
  const below = new Map<string, FoundObject[]>();
  for (const object of answer.found) {
    const others = below.get(object.directory.toLowerCase());
    if (others === undefined) below.set(object.directory.toLowerCase(), [object]);
    else others.push(object);
  }
  page.text(top === '' ? '\\' : top);
  const write = (directory: string, depth: number): void => {
    for (const { name, type, target, leads } of below.get(directory.toLowerCase()) ?? []) {
      const end = leads === undefined || target === undefined ? '' : `  (${wordLinkEnd(leads, target)})`;
      const rest = target === undefined ? (type === 'Directory' ? '' : `  ${type}`) : `  -> ${target}${end}`;
      page.text([name, faint(rest)], { indent: depth * 2, hang: depth * 2 + 2 });
      if (type === 'Directory') write(`${directory === '\\' ? '' : directory}\\${name}`, depth + 1);
    }
  };
  write(top === '' ? '\\' : top, 1);
  writeBounds(page, answer);
}

const MOST_UNSEEN = 10;

function writeBounds(page: Page, { unseen, directories, namespaces, capped }: Found): void {
  page.text(
    faint(
      `${formatCount(directories, 'directory', 'directories')} of ${formatCount(namespaces, 'namespace')} looked through.`,
    ),
  );
  if (capped) page.text([doubtful('[?] '), 'The search stopped at its bounds: there may be more.'], { hang: 4 });
  for (const { label, directory, reason } of unseen.slice(0, MOST_UNSEEN)) {
    page.text([doubtful('[?] '), `${label} ${directory}: ${reason}`], { hang: 4 });
  }
  if (unseen.length > MOST_UNSEEN)
    page.text(faint(`${unseen.length - MOST_UNSEEN} more could not be looked into: --json has each.`));
}
