import type { Command } from 'commander';
import { systemClock } from '../../../../shared/base/clock.ts';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { diffListings } from '../../../../shared/domain/compare-listings.ts';
import type { FoundObject, ListedObject, ObjectListing } from '../../../../shared/domain/object-entry.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { momentTime } from '../moment-time.ts';
import { isListingFile, readListing } from '../read-listing.ts';
import type { Session } from '../session.ts';
import { teach } from '../teach.ts';
import { ELEVATE_TEXT, remarkPrompt } from '../text/elevate-text.ts';
import { endText, placeName, writeDiff, writeFound, writeTree } from '../text/namespace-text.ts';
import { faint } from '../text/style.ts';

export function addNamespace(program: Command, act: Act): void {
  const time = momentTime(() => systemClock.now());
  const made = program
    .command('namespace')
    .description('list a directory of the object namespace: of the host, or of a container as its silo sees it')
    .argument('[path]', 'an object manager path, such as \\Device (quote the backslash in most shells)')
    .option('--in <container>', "a container's name or id; default: the host")
    .option(
      '--diff <other>',
      'what is there and not here: another container, "host", one of the times that "earlier" tells, or a file that --json saved earlier (a name with a slash, or that ends in .json)',
    )
    .option(
      '--at <time>',
      'as it was last seen at that time: "earlier" tells which are kept, by a running Siloscope: --connect',
      time,
    )
    .option(
      '--find <name>',
      'who exposes this name: look through every namespace, or the one of --in; * and ? fit anything',
    )
    .option('--tree', 'all that is below the path')
    .option('--elevate', `${ELEVATE_TEXT}: a silo's namespace can be listed by one only`)
    .action(act(namespace));
  teach(made, {
    prose: [
      "A volume whose type is Device is a disk volume, by the rule that silo's alone; a SymbolicLink is a network volume, and its target names the provider that it leads to.",
      'LEADS TO is where a link ends: in the silo itself, or at an object of the host that the silo shares. Whether a link of a silo is followed from the host is a flag that no program can read; where both have an object of that name, both are said.',
      'Two moments are compared by --diff with a file, by --diff with a time, beside --at or beside now, or by --at with --diff and the same container (or host). A running Siloscope keeps the last 20 different listings of each directory that was asked for; a time in between shows the last one taken before it.',
      'A search looks into at most 5,000 directories of each namespace; what could not be looked into is listed.',
    ],
    examples: [
      "siloscope namespace '\\Device'",
      "siloscope namespace '\\Device' --in b --diff host",
      "siloscope namespace '\\Device' --in b --json > before.json",
      "siloscope namespace '\\Device' --in b --diff before.json",
      "siloscope namespace '\\Device' --in b --at 14:02 --diff 14:10 --connect URL",
      "siloscope namespace --find 'Volume{*'",
      "siloscope namespace '\\Device' --in b --tree",
      "siloscope namespace '\\Silos' --elevate",
      "siloscope namespace '\\GLOBAL??' --json",
    ],
  });
}

interface NamespaceOptions {
  readonly in?: string;
  readonly diff?: string;
  readonly at?: string;
  readonly find?: string;
  readonly tree?: boolean;
  readonly elevate?: boolean;
}

type Elevate = 'ask' | 'no';

async function namespace(context: Context, path: string | undefined, options: NamespaceOptions): Promise<number> {
  const { in: container, diff, at, find, tree = false } = options;
  const elevate: Elevate = options.elevate === true ? 'ask' : 'no';
  const modes = [diff !== undefined && '--diff', find !== undefined && '--find', tree && '--tree'].filter(Boolean);
  if (modes.length > 1) throw wrong(String(modes[1]), `cannot be given with ${modes[0]}`);
  const then = diff === undefined ? undefined : timeIn(diff);
  if (at !== undefined) requireKept(context, '--at', find !== undefined ? '--find' : tree ? '--tree' : undefined);
  if (then !== undefined) requireKept(context, '--diff with a time');
  if (find !== undefined) return search(context, { name: find, in: container, under: path ?? '\\', elevate });
  if (path === undefined) throw wrong('path', 'a path such as \\Device is missing; only --find does without');
  if (tree) return showTree(context, { path, in: container, elevate });
  if (diff !== undefined) return showDiff(context, { path, in: container, at, elevate }, diff);
  const answer = await context.withSession(async session => {
    await remarkPrompt(context, session, options.elevate);
    return list(session, { path, in: container, at, elevate });
  });
  context.answer(answer, page => {
    const moment = at === undefined ? '' : ` at ${answer.takenAt}`;
    const where = `${answer.path} in ${placeName(answer, container)}${moment}`;
    if (answer.entries.length === 0) page.text(`${where} is empty.`);
    else {
      page.text(faint(where)).table({
        columns: ['NAME', 'TYPE', 'TARGET', 'LEADS TO'],
        rows: answer.entries.map(entry => [entry.name, entry.type, entry.target ?? '', endText(entry)]),
      });
    }
    if (answer.earlier.length > 0) page.text(faint(`It was otherwise (--at): ${answer.earlier.join(', ')}`));
  });
  return EXIT_CODES.done;
}

interface Place {
  readonly path: string;
  readonly in: string | undefined;
  readonly at?: string | undefined;
  readonly elevate: Elevate;
}

function list(session: Session, { path, in: container, at, elevate }: Place): Promise<ObjectListing> {
  const where = container === undefined ? {} : { in: container };
  return session.call('namespace.list', { path, elevate, ...where, ...(at === undefined ? {} : { at }) });
}

/** Past listings end with the process that keeps them: a command of its own has none. */
function requireKept(context: Context, option: string, mode?: string): void {
  if (mode !== undefined) throw wrong(option, `cannot be given with ${mode}`);
  if (context.target().kind === 'connect') return;
  throw wrong(option, 'past listings are kept by a running "siloscope serve": give --connect, or --diff a saved file');
}

/** A time, which no container's name is: that has no colon, and two letters at least. */
function timeIn(other: string): string | undefined {
  const isTime = /^\d{1,2}:\d{2}|^\d{4}-\d{2}-\d{2}T/.test(other);
  return isTime ? momentTime(() => systemClock.now())(other) : undefined;
}

async function showDiff(context: Context, place: Place, other: string): Promise<number> {
  const then = timeIn(other);
  const saved = isListingFile(other) ? await readListing(other, place.path, '--diff') : undefined;
  const { here, there } = await context.withSession(async session => {
    await remarkPrompt(context, session, place.elevate === 'ask');
    return {
      here: await list(session, place),
      there: saved ?? (await list(session, then === undefined ? placeNamed(place, other) : { ...place, at: then })),
    };
  });
  const diff = diffListings(here, there);
  const end = ({ path, namespace: id, takenAt }: ObjectListing) => ({ path, namespace: id, takenAt });
  context.answer({ here: end(here), there: end(there), ...diff }, page =>
    writeDiff(page, {
      here,
      there,
      names: {
        here: placeName(here, place.in),
        there: placeName(
          there,
          saved !== undefined || other === 'host' ? undefined : then === undefined ? other : place.in,
        ),
      },
      diff,
      areMoments: saved !== undefined || place.at !== undefined || then !== undefined,
    }),
  );
  return EXIT_CODES.done;
}

/** The same directory elsewhere, now. */
function placeNamed(place: Place, other: string): Place {
  return { ...place, at: undefined, in: other === 'host' ? undefined : other };
}

async function search(
  context: Context,
  { name, in: container, under, elevate }: { name: string; in: string | undefined; under: string; elevate: Elevate },
): Promise<number> {
  const answer = await context.withSession(async session => {
    await remarkPrompt(context, session, elevate === 'ask');
    const where = container === undefined ? {} : { in: container };
    return session.call('namespace.find', { name, under, elevate, ...where });
  });
  context.answer(answer, page => writeFound(page, name, answer));
  return EXIT_CODES.done;
}

async function showTree(context: Context, { path, in: container, elevate }: Place): Promise<number> {
  const { found, ...rest } = await context.withSession(async session => {
    await remarkPrompt(context, session, elevate === 'ask');
    // Without a container every namespace would be walked.
    return session.call('namespace.find', { name: '*', under: path, elevate, most: 10_000, in: container ?? 'host' });
  });
  const answer = {
    path,
    namespace: found[0]?.namespace ?? container ?? 'host',
    objects: found.map(withoutPlace),
    ...rest,
  };
  context.answer(answer, page => writeTree(page, path, { found, ...rest }));
  return EXIT_CODES.done;
}

function withoutPlace({ namespace: _namespace, label: _label, ...object }: FoundObject): ListedObject & {
  readonly directory: string;
} {
  return object;
}

function wrong(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}
