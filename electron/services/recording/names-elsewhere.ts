import type { CachedPrefix } from '../../../shared/domain/mup-evidence.ts';
import { parseRegQuery } from '../../../shared/domain/parse-reg-query.ts';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';
import { parseNetUse } from '../inspection/parse-net-use.ts';

/** Registries that everybody has: they name nobody. */
const PUBLIC_REGISTRY = /(?:^|\.)(?:docker\.io|microsoft\.com|ghcr\.io|quay\.io|gcr\.io|amazonaws\.com|azurecr\.io)$/i;
/** What of `/info` names a machine, or says how one is reached. */
const INFO_NAMES = ['Name', 'HttpProxy', 'HttpsProxy', 'NoProxy'] as const;

/**
 * Names of other machines that a recording would give away: servers of `net use`, of drives that come back at sign-in and
 * of the MUP's cache, the domain and its controller, private registries, proxies, names of host and containers. Classes of WinFsp prefixes are none: they are what a recording is read for.
 */
export function namesElsewhere(answers: readonly RecordedAnswer[]): readonly string[] {
  const classes = new Set(answers.flatMap(classesOf));
  const found = answers.flatMap(answer => {
    if (answer.ask === 'run' && 'stdout' in answer.answer) return namesPrinted(answer.argv, answer.answer.stdout);
    if (answer.ask === 'kernel') return 'prefixCache' in answer.answer ? serversCached(answer.answer.prefixCache) : [];
    if (answer.ask !== 'get' || !('body' in answer.answer)) return [];
    const { body } = answer.answer;
    return [...registriesIn(body), ...(answer.path === '/info' ? INFO_NAMES.flatMap(key => hostsIn(body, key)) : [])];
  });
  return [...new Set(found)].filter(name => name !== '' && !classes.has(name.toLowerCase()));
}

/** Servers of connections and of kept drives; the domain and its controller. */
function namesPrinted(argv: readonly string[], text: string): readonly string[] {
  const server = (path: string): string => /^\\\\([^\\/]+)/.exec(path)?.[1] ?? '';
  if (/\bnet(?:\.exe)?$/i.test(argv[0] ?? '')) return parseNetUse(text).map(({ remote }) => server(remote));
  if (!/^HKCU\\/i.test(argv[2] ?? '')) return [];
  return parseRegQuery(text).flatMap(({ name, data }) => {
    if (/^(?:RemotePath|LOGONSERVER)$/i.test(name)) return [server(data)];
    if (/^USERDNSDOMAIN$/i.test(name)) return [data, data.split('.')[0] ?? ''];
    return /^USERDOMAIN$/i.test(name) ? [data] : [];
  });
}

/** Those that no provider of WinFsp answers for. */
function serversCached(cache: readonly CachedPrefix[]): readonly string[] {
  return cache.flatMap(({ uncName, providerName }) =>
    /\\?WinFsp\./i.test(providerName) ? [] : [uncName.split('\\').find(part => part !== '') ?? ''],
  );
}

/** `memfs` of `\Device\WinFsp.Mup{...}\memfs\share`, and of what fsptool lists. */
function classesOf(answer: RecordedAnswer): readonly string[] {
  const text = textOf(answer);
  const found = text.matchAll(/\\Device\\(?:WinFsp\.[^\\]*|Mup\\;WinFsp\.[^\\]*|Volume\{[^}]*\})\\([^\\\s]+)\\/gi);
  return [...found].map(([, name = '']) => name.toLowerCase());
}

function textOf(answer: RecordedAnswer): string {
  if (answer.ask === 'link') return 'target' in answer.answer ? answer.answer.target : '';
  if (answer.ask === 'kernel') return 'volumes' in answer.answer ? answer.answer.volumes.join('\\\n') : '';
  return answer.ask === 'run' && 'stdout' in answer.answer && /fsptool/i.test(answer.argv[0] ?? '')
    ? answer.answer.stdout
    : '';
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
