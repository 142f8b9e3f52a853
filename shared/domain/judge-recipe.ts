import type { ImageRecipe, RecipeIssue } from './image-recipe.ts';

/** One instruction of a Dockerfile, joined over its lines. */
export interface DockerfileLine {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly keyword: string;
  readonly text: string;
}

/** What in a RUN fetches something from the network. */
const FETCHES =
  /\b(?:curl|wget|Invoke-WebRequest|iwr|Invoke-RestMethod|irm|Start-BitsTransfer|bitsadmin|DownloadFile|DownloadString|certutil\s+-urlcache|choco\s+install|winget\s+install|scoop\s+install)\b/i;
const SHA256 = /\b[0-9a-f]{64}\b/i;

/**
 * The instructions of a Dockerfile: enough of its grammar for a person to be told about a line. What it means is the
 * engine's word. Total.
 */
export function dockerfileLines(text: string): readonly DockerfileLine[] {
  const mark = /^(?:#.*\r?\n)*?#[ \t]*escape[ \t]*=[ \t]*`/i.test(text) ? '`' : '\\';
  const found: DockerfileLine[] = [];
  let held: { line: number; text: string } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(raw)) continue;
    const trimmed = raw.trimEnd();
    const goesOn = trimmed.endsWith(mark);
    const part = goesOn ? trimmed.slice(0, -1) : trimmed;
    held =
      held === undefined ? { line: index + 1, text: part.trimStart() } : { line: held.line, text: held.text + part };
    if (goesOn) continue;
    found.push(instruction(held));
    held = undefined;
  }
  return held === undefined ? found : [...found, instruction(held)];
}

function instruction({ line, text }: { readonly line: number; readonly text: string }): DockerfileLine {
  return { line, keyword: (/^\S+/.exec(text)?.[0] ?? '').toUpperCase(), text };
}

/**
 * What speaks against building a recipe: a download that nothing checks, what Windows' builder does not have, a base that is
 * not the one chosen for the host. A download counts as checked where its RUN, or an ARG before it, names a SHA-256.
 */
export function judgeRecipe({
  dockerfile,
  args = {},
}: Pick<ImageRecipe, 'dockerfile' | 'args'>): readonly RecipeIssue[] {
  const lines = dockerfileLines(dockerfile);
  if (lines.length === 0) return [{ because: 'no-instruction', text: '' }];
  const issues: RecipeIssue[] = [];
  const pinned = new Set(Object.entries(args).flatMap(([name, value]) => (SHA256.test(value) ? [name] : [])));
  let hasBase = false;
  for (const { line, keyword, text } of lines) {
    const arg = keyword === 'ARG' || keyword === 'ENV' ? /^\S+\s+(\w+)=(.*)$/.exec(text) : null;
    if (arg !== null && SHA256.test(arg[2] ?? '')) pinned.add(arg[1] ?? '');
    if (keyword === 'FROM') {
      const usesBase = /^FROM\s+(?:--\S+\s+)*\$\{?BASE\b/i.test(text);
      if (!usesBase) issues.push({ line, because: 'other-base', text });
      hasBase ||= usesBase;
    }
    if (keyword === 'ADD' && /\bhttps?:\/\//i.test(text)) issues.push({ line, because: 'add-from-url', text });
    if (/^(?:RUN|COPY|ADD)\s+--(?:mount|network|security|chmod|link|checksum|parents|exclude)\b/i.test(text)) {
      issues.push({ line, because: 'buildkit-only', text });
    }
    if (keyword === 'RUN' && FETCHES.test(text) && !isPinned(text, pinned)) {
      issues.push({ line, because: 'unpinned-download', text });
    }
  }
  if (!hasBase && !issues.some(({ because }) => because === 'other-base')) {
    issues.push({ because: 'no-base-arg', text: '' });
  }
  return issues;
}

function isPinned(text: string, pinned: ReadonlySet<string>): boolean {
  if (SHA256.test(text)) return true;
  return [...pinned].some(name => new RegExp(`[$%:{]${name}\\b`, 'i').test(text));
}

/** What a build must not go on with, said by the rule alone; the rest is for a person to weigh. */
export const FORBIDDEN: ReadonlySet<RecipeIssue['because']> = new Set([
  'unpinned-download',
  'add-from-url',
  'no-instruction',
]);
