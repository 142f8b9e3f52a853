import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { BuildProgress, ImageRecipe, RecipeFile, RecipePlan } from '../../../../shared/domain/image-recipe.ts';
import { formatBytes } from '../../../../shared/wording/amounts.ts';
import { wordImageBecause, wordRuns } from '../../../../shared/wording/word-image.ts';
import { wordRecipeIssue } from '../../../../shared/wording/word-recipe.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { readUserFile } from '../read-user-file.ts';
import type { Session } from '../session.ts';
import { teach } from '../teach.ts';
import type { Page } from '../text/page.ts';
import { doubtful, faint, good, strong } from '../text/style.ts';

/** `images build`: an image that holds a profile's program. */
export function addBuildImage(images: Command, act: Act): void {
  const made = images
    .command('build')
    .description("build an image that holds a profile's program, by its recipe, on a base that fits this host")
    .argument('<profile>', 'a profile with a recipe')
    .option('--print', 'show what would be built, Dockerfile and files, and build nothing')
    .option('--tag <reference>', 'what the image is called (default: by the recipe and the base)')
    .option('--base <reference>', 'this base image, instead of the one that fits the host')
    .option('--dockerfile <file>', 'this text, instead of the recipe of the profile')
    .option(
      '--file <name=path>',
      'take this file of the recipe from another place of the host; may be repeated',
      several,
      [],
    )
    .option('--no-cache', 'take every step anew')
    .action(act(build));
  teach(made, {
    prose: [
      'Only the files that the recipe names go to the engine, each shown with its size before. A recipe that downloads something must compare a SHA-256. The classic builder is used: Windows daemons have no BuildKit. What fails or is cancelled leaves nothing behind.',
    ],
    examples: [
      'siloscope images build memfs-disk --print',
      'siloscope images build rclone-disk --file rclone.exe=D:\\tools\\rclone.exe --tag mine/rclone:1',
      'siloscope launch rclone-disk --image mine/rclone:1',
    ],
  });
}

function several(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

interface BuildOptions {
  readonly print?: boolean;
  readonly tag?: string;
  readonly base?: string;
  readonly dockerfile?: string;
  readonly file: readonly string[];
  readonly cache: boolean;
}

async function build(context: Context, profile: string, options: BuildOptions): Promise<number> {
  const dockerfile =
    options.dockerfile === undefined ? undefined : await readUserFile(options.dockerfile, '--dockerfile');
  return context.withSession(async session => {
    const named = {
      profile,
      ...(options.tag === undefined ? {} : { tag: options.tag }),
      ...(options.base === undefined ? {} : { base: options.base }),
    };
    const isOwn = dockerfile !== undefined || options.file.length > 0;
    const asked = isOwn ? { ...named, recipe: await ownRecipe(session, profile, dockerfile, options.file) } : named;
    const plan = await session.call('image.recipe', asked);
    if (options.print === true) {
      context.answer(plan, page => writePlan(page, plan));
      return EXIT_CODES.done;
    }
    context.remark(page => writeFiles(page.text(faint(`Goes to the engine: ${formatBytes(plan.contextBytes)}`)), plan));
    const built = await session.call('image.build', { ...asked, useCache: options.cache }, told =>
      context.remark(page => writeProgress(page, told)),
    );
    context.answer(built, page => {
      for (const warning of built.warnings) page.text([doubtful('[?] '), warning], { hang: 4 });
      page.text([good('[ok] '), `${built.tag} is built.`]);
      page.text('Launch with it:').command(`siloscope launch ${profile} --image ${built.tag}`);
    });
    return EXIT_CODES.done;
  });
}

/** The profile's recipe, with another text or other places of its files. */
async function ownRecipe(
  session: Session,
  profile: string,
  dockerfile: string | undefined,
  places: readonly string[],
): Promise<ImageRecipe> {
  const { recipe } = await session.call('image.recipe', { profile });
  const from = new Map(places.map(readPlace));
  const known = new Set(recipe.files.map(fileName));
  const strange = [...from.keys()].find(name => !known.has(name));
  if (strange !== undefined) {
    throw new FaultError({ code: 'not-found', what: 'file of the recipe', name: strange, known: [...known] });
  }
  return {
    ...recipe,
    dockerfile: dockerfile ?? recipe.dockerfile,
    files: recipe.files.map(file => {
      const place = from.get(fileName(file));
      return place === undefined ? file : { ...file, from: place, name: fileName(file) };
    }),
  };
}

const fileName = ({ name, from }: RecipeFile): string => name ?? from.slice(from.lastIndexOf('\\') + 1);

function readPlace(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  const message = `expected NAME=PATH, such as rclone.exe=D:\\tools\\rclone.exe, found "${text}"`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path: '--file', message }] });
}

function writePlan(page: Page, plan: RecipePlan): void {
  const { base, tag, recipe } = plan;
  page.text([strong(tag), plan.exists ? faint('  is here already; a build replaces it') : '']);
  page.text(`Base: ${base.reference}. ${wordRuns(base.verdict.runs)}: ${wordImageBecause(base.verdict.because)}.`);
  if (!base.local) page.text('It is pulled first.');
  page.heading('Dockerfile');
  for (const line of recipe.dockerfile.trimEnd().split('\n')) page.verbatim(line);
  page.heading(`Files, ${formatBytes(plan.contextBytes)} with the Dockerfile`);
  writeFiles(page, plan);
  for (const issue of plan.issues) {
    const place = issue.line === undefined ? '' : `Line ${issue.line}: `;
    page.gap().text([doubtful('[!] '), `${place}${wordRecipeIssue(issue)}`], { hang: 4 });
  }
  page.gap().text('The same with docker, in a folder with these files:').command(plan.dockerBuild);
}

function writeFiles(page: Page, { files }: RecipePlan): void {
  if (files.length === 0) return;
  page.table({
    columns: ['FILE', 'SIZE', 'FROM'],
    rows: files.map(({ name, from, sizeBytes, optional }) => [
      name,
      sizeBytes === undefined ? (optional ? 'not there' : 'MISSING') : formatBytes(sizeBytes),
      from,
    ]),
  });
}

/** One line for each thing told; a line that is rewritten would lose what a step printed. */
function writeProgress(page: Page, told: BuildProgress): void {
  if (told.kind === 'step') {
    const { number, of, text } = told.step;
    page.text([faint(`[${number}/${of}] `), text, told.cached ? faint('  from the cache') : ''], { hang: 6 });
  } else if (told.kind === 'output') page.verbatim(told.text.trimEnd(), 6);
}
