import type { ProbeTarget } from './host.ts';

/** The path that a probe opens. The provider's form skips prefix resolution, so that no name goes out on the network. */
export function probePath(target: ProbeTarget): string {
  const rest = target.rest.replaceAll('/', '\\').replace(/^\\+/, '');
  switch (target.by) {
    case 'provider':
      return `\\\\?\\GLOBALROOT\\Device\\Mup\\;${target.provider}${target.uncPrefix}\\${rest}`;
    case 'device':
      return `\\\\?\\GLOBALROOT${target.device}\\${rest}`;
    case 'drive':
      return `${target.mountPoint}\\${rest}`;
    case 'unc':
      return `\\${target.uncPrefix}\\${rest}`;
  }
}

/** A longer one, or one with a NUL, would be cut short on its way into the kernel and name something else. */
export function isProbeable(path: string): boolean {
  return path.length <= 32_000 && !path.includes('\0');
}
