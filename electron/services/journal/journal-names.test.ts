import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FixKind } from '../../../shared/domain/fix.ts';
import { GuardAct } from '../../../shared/domain/guard.ts';
import { JOURNAL_WEIGHTS } from '../../../shared/domain/journal-severity.ts';
import { RENUMBERED } from '../../../shared/domain/renumbered.ts';
import { ITEM_EVENTS } from '../workspaces/kept-item.ts';

const SERVICES = join(import.meta.dirname, '..');
const SERVING = join(SERVICES, '..', 'shells', 'serving');

const sources = [SERVICES, SERVING].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !/\.test\.ts$|testing/.test(name))
    .map(name => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(folder, name), 'utf8') })),
);
const textOf = (end: string): string => sources.find(({ name }) => name === end)?.text ?? '';
const words = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].flatMap(([, ...found]) => found.filter(word => word !== undefined));

/** Names that stand in the source as they are written. */
const PLAIN = [
  /\bwhat: (?:\w+ \? )?'([a-z]+\.[a-z-]+)'(?: : '([a-z]+\.[a-z-]+)')?/g,
  /\b(?:note|user)\(\s*'([a-z]+\.[a-z-]+)'/g,
  /\['((?:policy)\.[a-z]+)', \w+\]/g,
  /'([a-z]+\.[a-z]+-(?:done|ordered))'/g,
];

/** Those that are put together, from the same parts. */
function* composed(): Generator<string> {
  for (const kind of FixKind.options) if (kind !== 'accept') yield `finding.fixed-by-${kind}`;
  for (const what of GuardAct.shape.what.options) yield `guard.${what}`;
  for (const what of words(textOf('guard/guard.ts'), /#inTrouble\('(\w+)'/g)) yield `guard.${what}`;
  for (const what of ITEM_EVENTS) yield `workspace.${what}`;
  const [states = ''] = words(textOf('watch.ts'), /const FSD_WORDS = \{([^}]*)\}/g);
  for (const what of words(states, /: '(\w+)'/g)) yield `fsd.${what}`;
  const engineNotes = textOf('journal/engine-notes.ts');
  for (const noun of ['container', 'image']) {
    const [actions = ''] = words(engineNotes, new RegExp(`\\b${noun}: \\{([^}]*)\\}`, 'g'));
    for (const what of words(actions, /: '(\w+)'/g)) yield `${noun}.${what}`;
  }
  const [ordered = ''] = words(textOf('journal/noted-handlers.ts'), /type Told = ([^;]*);/g);
  for (const name of words(ordered, /'([a-z]+\.[a-z]+)'/g)) yield `${name}-failed`;
  for (const noun of ['silo', 'vm']) for (const what of ['arrived', 'departed']) yield `${noun}.${what}`;
  yield RENUMBERED;
  yield* words(textOf('journal/journal.ts'), /const CUT_SHORT = '([a-z.-]+)'/g);
}

const plain = sources
  .filter(({ text }) => /journal|note\(/i.test(text))
  .flatMap(({ text }) => PLAIN.flatMap(pattern => words(text, pattern)));

describe('the severity of what the journal tells', () => {
  it('is known of each name that is written, and of no name that is not', () => {
    const written = new Set([...plain, ...composed()]);
    expect([...written].sort()).toEqual(Object.keys(JOURNAL_WEIGHTS).sort());
  });
});
