import type { RecordedAnswer } from '../../../shared/domain/recording.ts';
import { parseNetUse } from '../inspection/parse-net-use.ts';

/** Registries that everybody has: they name nobody. */
const PUBLIC_REGISTRY = /(?:^|\.)(?:docker\.io|microsoft\.com|ghcr\.io|quay\.io|gcr\.io|amazonaws\.com|azurecr\.io)$/i;
/** What of `/info` names a machine, or says how one is reached. */
const INFO_NAMES = ['Name', 'HttpProxy', 'HttpsProxy', 'NoProxy'] as const;

/**
 * Names of other machines that a recording would give away: servers of `net use`, private registries, proxies, names of
 * host and containers. Classes of WinFsp prefixes are none: they are what a recording is read for.
 */
export function namesElsewhere(answers: readonly RecordedAnswer[]): readonly string[] {
  const classes = new Set(answers.flatMap(classesOf));
  const found = answers.flatMap(answer => {
    if (answer.ask === 'run' && 'stdout' in answer.answer && /\bnet(?:\.exe)?$/i.test(answer.argv[0] ?? ''))
      return parseNetUse(answer.answer.stdout).map(({ remote }) => remote.split('\\')[2] ?? '');
    if (answer.ask !== 'get' || !('body' in answer.answer)) return [];
    const { body } = answer.answer;
    return [...registriesIn(body), ...(answer.path === '/info' ? INFO_NAMES.flatMap(key => hostsIn(body, key)) : [])];
  });
  return [...new Set(found)].filter(name => name !== '' && !classes.has(name.toLowerCase()));
}

/** `memfs` of `\Device\WinFsp.Mup{...}\memfs\share`, and of what fsptool lists. */
function classesOf(answer: RecordedAnswer): readonly string[] {
  const text =
    answer.ask === 'link' && 'target' in answer.answer
      ? answer.answer.target
      : answer.ask === 'run' && 'stdout' in answer.answer && /fsptool/i.test(answer.argv[0] ?? '')
        ? answer.answer.stdout
        : '';
  const found = text.matchAll(/\\Device\\(?:WinFsp\.[^\\]*|Mup\\;WinFsp\.[^\\]*|Volume\{[^}]*\})\\([^\\\s]+)\\/gi);
  return [...found].map(([, name = '']) => name.toLowerCase());
}

/** The registry of every image reference in a list or an inspection. */
function registriesIn(body: unknown): readonly string[] {
  const lists = (Array.isArray(body) ? body : [body]).flatMap((one: unknown): unknown[] => [
    property(one, 'RepoTags'),
    property(one, 'RepoDigests'),
    [property(one, 'Image'), property(property(one, 'Config'), 'Image')],
  ]);
  const references = lists.flat().filter(reference => typeof reference === 'string');
  return references.flatMap(reference => {
    const [registry = '', ...rest] = reference.split('/');
    const host = registry.replace(/:\d+$/, '');
    return rest.length > 0 && /[.:]/.test(registry) && !PUBLIC_REGISTRY.test(host) ? [host] : [];
  });
}

/** Host names in a value such as `http://user@proxy.corp.example:3128` or `.corp.example,build-box`. */
function hostsIn(body: unknown, key: string): readonly string[] {
  const value = property(body, key);
  if (typeof value !== 'string') return [];
  return value.split(',').map(one => one.replace(/^[a-z]+:\/\/(?:[^@/]*@)?|[:/].*$|^\s*\*?\.?|\s+$/gi, ''));
}

function property(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

/** `whoami /groups` without the groups of a domain or a directory: their names tell whom somebody works for. */
export function withoutOwnGroups(text: string): string {
  return text.replace(/^.*\bS-1-(?:5-21|12-1)-.*(?:\r?\n|$)/gm, '');
}
