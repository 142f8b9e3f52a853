import type { ProgramContext, RegistryKey } from '../../machine.ts';
import { matchesWildcard } from '../base/wildcard.ts';

const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

const NOT_FOUND = 'ERROR: The system was unable to find the specified registry key or value.\r\n';

/** What `reg query` was asked. */
export interface RegQuery {
  /** `HKLM\SOFTWARE\...`, the hive in its short form. */
  readonly key: string;
  readonly hive: string;
  /** `/v Name`; `` for `/ve`. */
  readonly value: string | undefined;
  readonly recursive: boolean;
  /** `/f TEXT /d`: only values whose data holds the text, in any case. */
  readonly dataHolds?: string;
}

/** Parses `reg query KEY [/v NAME | /ve] [/s] [/f TEXT /d] [/reg:32|/reg:64]`, or answers what is wrong with it. Total. */
export function parseRegQuery(args: readonly string[]): RegQuery | { readonly complaint: string } {
  const invalid = { complaint: 'ERROR: Invalid syntax.\r\nType "REG QUERY /?" for usage.\r\n' };
  const [typed, ...rest] = args;
  if (typed === undefined) return invalid;
  const [first = '', ...parts] = typed
    .replace(/^\\\\[^\\]*\\/, '')
    .replace(/\\+$/, '')
    .split('\\');
  const hive = Object.keys(HIVES).find(short => short === first.toUpperCase() || HIVES[short] === first.toUpperCase());
  if (hive === undefined) return { complaint: 'ERROR: Invalid key name.\r\nType "REG QUERY /?" for usage.\r\n' };
  let value: string | undefined;
  let recursive = false;
  let wow = false;
  let sought: string | undefined;
  let inData = false;
  for (let at = 0; at < rest.length; at++) {
    const option = (rest[at] ?? '').toLowerCase();
    if (option === '/s') recursive = true;
    else if (option === '/ve') value = '';
    else if (option === '/v') {
      value = rest[++at];
      if (value === undefined) return invalid;
    } else if (option === '/f') {
      sought = rest[++at];
      if (sought === undefined) return invalid;
    } else if (option === '/d') inData = true;
    else if (option === '/reg:32') wow = true;
    else if (option !== '/reg:64' && option !== '/z') return invalid;
  }
  // Names and keys can be searched as well: nobody here does.
  if ((sought !== undefined) !== inData || (sought !== undefined && value !== undefined)) return invalid;
  const redirected = wow && parts[0]?.toLowerCase() === 'software' && parts[1]?.toLowerCase() !== 'wow6432node';
  const path = redirected ? [parts[0] ?? '', 'WOW6432Node', ...parts.slice(1)] : parts;
  const asked = { key: [hive, ...path].join('\\'), hive, value, recursive };
  return sought === undefined ? asked : { ...asked, dataHolds: sought };
}

/** reg.exe: query. Everything else would change the machine and is refused. */
export async function reg(context: ProgramContext): Promise<number> {
  const [verb = '', ...args] = context.argv.slice(1);
  if (verb.toLowerCase() !== 'query') {
    const known = [
      'add',
      'delete',
      'copy',
      'save',
      'restore',
      'load',
      'unload',
      'compare',
      'export',
      'import',
      'flags',
    ];
    const denied = known.includes(verb.toLowerCase());
    await context.stderr.write(
      denied ? 'ERROR: Access is denied.\r\n' : 'ERROR: Invalid syntax.\r\nType "REG /?" for usage.\r\n',
    );
    return 1;
  }
  const asked = parseRegQuery(args);
  if ('complaint' in asked) {
    await context.stderr.write(asked.complaint);
    return 1;
  }
  const key = context.win32.registryKey(asked.key);
  if (key === undefined) {
    await context.stderr.write(NOT_FOUND);
    return 1;
  }
  const { dataHolds } = asked;
  if (dataHolds !== undefined) {
    return search(context, asked, key, ({ data }) => String(data).toLowerCase().includes(dataHolds.toLowerCase()));
  }
  return asked.value === undefined ? showKey(context, asked.key, key, asked.recursive) : showValue(context, asked, key);
}

const longName = (path: string): string => {
  const [hive = '', ...rest] = path.split('\\');
  return [HIVES[hive.toUpperCase()] ?? hive, ...rest].join('\\');
};

type Value = RegistryKey['values'][number];

function valueLine({ name, type, data }: Value): string {
  const text = typeof data === 'number' ? `0x${data.toString(16)}` : data.replaceAll('\0', '\\0');
  return `    ${name === '' ? '(Default)' : name}    ${type}    ${text}\r\n`;
}

async function showKey(context: ProgramContext, path: string, key: RegistryKey, recursive: boolean): Promise<number> {
  if (key.values.length > 0) {
    await context.stdout.write(`\r\n${longName(path)}\r\n${key.values.map(valueLine).join('')}`);
  }
  if (!recursive) {
    if (key.subkeys.length > 0 || key.values.length > 0) await context.stdout.write('\r\n');
    for (const name of key.subkeys) await context.stdout.write(`${longName(`${path}\\${name}`)}\r\n`);
    return 0;
  }
  for (const name of key.subkeys) {
    const subkey = context.win32.registryKey(`${path}\\${name}`);
    if (subkey !== undefined) await showKey(context, `${path}\\${name}`, subkey, true);
  }
  if (key.subkeys.length === 0) await context.stdout.write('\r\n');
  return 0;
}

async function showValue(context: ProgramContext, asked: RegQuery, key: RegistryKey): Promise<number> {
  const wanted = asked.value ?? '';
  if (asked.recursive) return search(context, asked, key, ({ name }) => matchesWildcard(wanted, name));
  const value = key.values.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (value === undefined) {
    await context.stderr.write(NOT_FOUND);
    return 1;
  }
  await context.stdout.write(`\r\n${longName(asked.key)}\r\n${valueLine(value)}\r\n`);
  return 0;
}

async function search(
  context: ProgramContext,
  { key: path, recursive }: RegQuery,
  root: RegistryKey,
  isWanted: (value: Value) => boolean,
): Promise<number> {
  let matches = 0;
  const visit = async (at: string, key: RegistryKey): Promise<void> => {
    const found = key.values.filter(isWanted);
    if (found.length > 0) await context.stdout.write(`\r\n${longName(at)}\r\n${found.map(valueLine).join('')}`);
    matches += found.length;
    for (const name of recursive ? key.subkeys : []) {
      const subkey = context.win32.registryKey(`${at}\\${name}`);
      if (subkey !== undefined) await visit(`${at}\\${name}`, subkey);
    }
  };
  await visit(path, root);
  await context.stdout.write(`\r\nEnd of search: ${matches} match(es) found.\r\n`);
  return matches === 0 ? 1 : 0;
}
