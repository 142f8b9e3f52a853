/**
 * Classes of style sheets that no part asks for: `path .class`. A part asks by `css['name']`; where one asks for a name that
 * it works out (`css[state]`), every word of the sources may be it, and every name that begins as its template does.
 */
export function unusedClasses(sources: ReadonlyMap<string, string>): string[] {
  const code = [...sources].filter(([path]) => /\.tsx?$/.test(path));
  const words = new Set(code.flatMap(([, text]) => text.match(/[\w-]+/g) ?? []));
  return [...sources].flatMap(([path, sheet]) => {
    if (!path.endsWith('.module.css')) return [];
    const indices = code.flatMap(([, text]) => indicesOf(path.slice(path.lastIndexOf('/') + 1), text));
    const asked = new Set(indices.flatMap(index => /^'([\w-]+)'$/.exec(index)?.[1] ?? []));
    const begun = indices.flatMap(index => /^`([\w-]+)\$/.exec(index)?.[1] ?? []);
    const isWorkedOut = indices.some(index => /^[^'`]/.test(index));
    return classesOf(sheet)
      .filter(found => !asked.has(found) && !(isWorkedOut && words.has(found)))
      .filter(found => !begun.some(start => found.startsWith(start)))
      .map(found => `${path} .${found}`);
  });
}

/** What a part asks a sheet for, as it is written: `'name'`, `` `lit${n}` `` as far as the first bracket, or an expression. */
function indicesOf(sheet: string, part: string): string[] {
  const [, name] = new RegExp(`import (\\w+) from '[^']*/${sheet.replaceAll('.', '\\.')}'`).exec(part) ?? [];
  if (name === undefined) return [];
  return [...part.matchAll(new RegExp(`\\b${name}\\[([^\\]]+)\\]`, 'g'))].map(([, index = '']) => index);
}

/** Its own: what it says of `:global` names belongs to others. */
function classesOf(sheet: string): string[] {
  const own = sheet
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/:global\([^)]*\)/g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return [...new Set([...own.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, found = '']) => found))];
}
