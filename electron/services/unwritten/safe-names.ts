/**
 * Names files that come from a container, one after the other: below wherever they are unpacked, on any system, and each
 * there once whatever the case. Total.
 */
export function safeNamer(): (path: string) => string {
  const taken = new Set<string>();
  return path => {
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
  };
}
