import { type Directive, type Line, LineType, parse } from 'ssh-config';
import type { SshConfigLine } from '../../../../shared/domain/ssh-connection.ts';
import { isFollowed } from './followed-keywords.ts';

/** One line of OpenSSH's configuration that says something, with its words; the keyword in lower case. */
export interface ConfigLine extends SshConfigLine {
  readonly keyword: string;
  /** At least one; quotes are taken off. */
  readonly words: readonly [string, ...string[]];
}

/** A line that is none, as far as we understand. */
export interface BrokenLine extends SshConfigLine {
  readonly keyword: undefined;
}

/**
 * Reads a configuration line by line; comments and empty lines are left out. The library sees one line at a time: given
 * the whole, it takes the next line for the value that a keyword lacks, and cannot tell where anything stands. Total.
 */
export function parseConfigLines(text: string, file: string): (ConfigLine | BrokenLine)[] {
  return text.split(/\r\n|\n|\r/).flatMap((raw, index): (ConfigLine | BrokenLine)[] => {
    const line = raw.replace(/^\uFEFF/, '').trim();
    if (line === '' || line.startsWith('#')) return [];
    const at = { file, line: index + 1, text: line };
    const read = readLine(line);
    return [read === undefined ? { ...at, keyword: undefined } : { ...at, ...read }];
  });
}

/** Undefined when ssh would read it in another way than the library does, or not at all. */
function readLine(line: string): Pick<ConfigLine, 'keyword' | 'words'> | undefined {
  let nodes: readonly Line[];
  try {
    nodes = parse(line);
  } catch {
    return undefined;
  }
  const [node, ...others] = nodes;
  if (node === undefined || node.type !== LineType.DIRECTIVE) return undefined;
  const keyword = node.param.toLowerCase();
  const [first, ...rest] = typeof node.value === 'string' ? [node.value] : node.value.map(({ val }) => val);
  if (first === undefined || first === '') return undefined;
  const words: ConfigLine['words'] = [first, ...rest];
  const inner = 'config' in node ? [...node.config] : [];
  const matters = keyword === 'host' || keyword === 'include' || isFollowed(keyword);
  return matters && isMisread(line, node, words, [...others, ...inner]) ? undefined : { keyword, words };
}

/** The library is more lenient than ssh: it ends a value at any `#`, keeps some quotes, and takes two words for one. */
function isMisread(line: string, node: Directive, words: ConfigLine['words'], behind: readonly Line[]): boolean {
  const isCut = behind.some(
    other => other.type !== LineType.COMMENT || !/\s/.test(line.at(-other.content.length - 1) ?? ''),
  );
  const isTwo = typeof node.value === 'string' && node.quoted !== true && /\s/.test(words[0]);
  return isCut || words.some(word => /["']/.test(word)) || (isTwo && !line.includes('"'));
}
