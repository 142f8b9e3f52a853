/** Looks a variable up by its name in any case; dynamic ones (CD, DATE, ERRORLEVEL) included. */
export type Lookup = (name: string) => string | undefined;

/**
 * Expands `%NAME%`, `%NAME:~from,length%` and `%NAME:old=new%` as on the command line: what is not defined stays as it
 * was typed. With `mark` `!`, the same for delayed expansion. Never throws.
 */
export function expandVariables(line: string, lookup: Lookup, mark: '%' | '!' = '%'): string {
  let out = '';
  let at = 0;
  while (at < line.length) {
    const start = line.indexOf(mark, at);
    if (start < 0) return out + line.slice(at);
    const end = line.indexOf(mark, start + 1);
    if (end < 0) return out + line.slice(at);
    const value = valueAt(line.slice(start + 1, end), lookup);
    if (value === undefined) {
      // The closing mark may open the next name.
      out += line.slice(at, end);
      at = end;
      if (line.indexOf(mark, end + 1) < 0) return out + line.slice(at);
    } else {
      out += line.slice(at, start) + value;
      at = end + 1;
    }
  }
  return out;
}

function valueAt(expression: string, lookup: Lookup): string | undefined {
  if (expression === '') return undefined;
  const whole = lookup(expression);
  if (whole !== undefined) return whole;
  const colon = expression.indexOf(':');
  if (colon <= 0) return undefined;
  const value = lookup(expression.slice(0, colon));
  if (value === undefined) return undefined;
  const how = expression.slice(colon + 1);
  const cut = /^~(-?\d+)(?:,(-?\d+))?$/.exec(how);
  if (cut !== null) return substring(value, Number(cut[1]), cut[2] === undefined ? undefined : Number(cut[2]));
  const equals = how.indexOf('=');
  return equals > 0 ? substitute(value, how.slice(0, equals), how.slice(equals + 1)) : undefined;
}

function substring(value: string, from: number, length: number | undefined): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  if (length === undefined) return value.slice(start);
  return value.slice(start, length < 0 ? Math.max(start, value.length + length) : start + length);
}

/** Every `old`, in any case; `*old` is everything up to its first occurrence. */
function substitute(value: string, old: string, replacement: string): string {
  const wanted = (old.startsWith('*') ? old.slice(1) : old).toLowerCase();
  if (wanted === '') return value;
  const lower = value.toLowerCase();
  if (old.startsWith('*')) {
    const found = lower.indexOf(wanted);
    return found < 0 ? value : replacement + value.slice(found + wanted.length);
  }
  let out = '';
  let at = 0;
  for (let found = lower.indexOf(wanted); found >= 0; found = lower.indexOf(wanted, at)) {
    out += value.slice(at, found) + replacement;
    at = found + wanted.length;
  }
  return out + value.slice(at);
}

/** Puts a for-variable's value in: `%i`, `%%i` and `%~i` forms (quotes off; n, x, d, p, f as parts of a path). */
export function substituteForVariable(text: string, variable: string, value: string): string {
  return text.replace(
    new RegExp(`%%?(?:~([nxdpfs]*))?${variable.replace(/[?$]/g, '\\$&')}`, 'g'),
    (_whole, parts: string | undefined) =>
      parts === undefined ? value : partsOfPath(value.replace(/^"|"$/g, ''), parts),
  );
}

function partsOfPath(path: string, parts: string): string {
  if (parts === '' || parts.includes('f')) return path;
  const drive = /^[A-Za-z]:/.exec(path)?.[0] ?? '';
  const rest = path.slice(drive.length);
  const slash = rest.lastIndexOf('\\');
  const file = rest.slice(slash + 1);
  const dot = file.lastIndexOf('.');
  const name = dot > 0 ? file.slice(0, dot) : file;
  const extension = dot > 0 ? file.slice(dot) : '';
  return [
    parts.includes('d') ? drive : '',
    parts.includes('p') ? rest.slice(0, slash + 1) : '',
    parts.includes('n') ? name : '',
    parts.includes('x') ? extension : '',
  ].join('');
}
