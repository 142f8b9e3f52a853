/**
 * Names for files that come from a container, in the same order: below wherever they are unpacked, on any system, and each
 * there once whatever the case. Total.
 */
export function safeNames(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map(path => {
    const plain = path
      .split(/[\\/]+/)
      .map(part => part.replace(/[<>:"|?*\p{Cc}\p{Cf}]/gu, '_').replace(/[. ]+$/, ''))
      .filter(part => part !== '')
      .join('/');
    const base = plain === '' ? '_' : plain;
    let name = base;
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${base} (${copy})`;
    taken.add(name.toLowerCase());
    return name;
  });
}
