import type { IsolationWay, NotTried } from '../../../shared/domain/isolation-test.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath, providerName } from '../../../shared/domain/volume-names.ts';
import { driveLook, type Look, providerLook, uncLook } from '../inspection/looking.ts';

type Canary = NonNullable<Look['canary']>;

/** How a way is tried, or why it is not. */
export type Try = { readonly look: Look } | { readonly why: NotTried };

/**
 * The look that a way means for a volume. Every name is made of what this test mounted itself; none is one that MUP would
 * have to resolve with no WinFsp provider claiming it, as on the kernel of a Hyper-V container.
 */
export function lookBy(
  way: IsolationWay,
  volume: Volume,
  canary: Canary,
  { plainUnc, isOnAnotherKernel = false }: { readonly plainUnc: boolean; readonly isOnAnotherKernel?: boolean },
): Try {
  const { uncPrefix, device, mountPoints } = volume;
  const provider = volume.provider === undefined ? undefined : providerName(volume.provider);
  const below = uncPrefix ?? '';
  switch (way) {
    case 'drive': {
      const [letter] = mountPoints;
      return letter === undefined ? { why: 'name-not-known' } : { look: driveLook(letter, canary) };
    }
    case 'volume-device':
      return { look: deviceLook(device, below, canary) };
    case 'provider': {
      if (uncPrefix === undefined) return { why: 'no-such-name' };
      if (isOnAnotherKernel) return { why: 'claimed-by-nobody' };
      const look = providerLook(volume, canary);
      return look === undefined ? { why: 'name-not-known' } : { look };
    }
    case 'provider-device':
      if (uncPrefix === undefined) return { why: 'no-such-name' };
      return provider === undefined
        ? { why: 'name-not-known' }
        : { look: deviceLook(`\\Device\\${provider}`, below, canary) };
    case 'silo-path': {
      const silo = /^silo:(\d+)$/.exec(volume.home)?.[1];
      if (silo === undefined) return { why: 'name-not-known' };
      // A link under \Silos would be followed from the host's root: the provider's own is the shorter way.
      const name = provider === undefined || uncPrefix === undefined ? device : `\\Device\\${provider}`;
      return { look: deviceLook(`\\Silos\\${silo}${name}`, below, canary) };
    }
    case 'unc': {
      const look = uncPrefix === undefined ? undefined : uncLook(volume, canary);
      if (look === undefined) return { why: 'no-such-name' };
      if (isOnAnotherKernel) return { why: 'claimed-by-nobody' };
      return plainUnc ? { look } : { why: 'not-asked-for' };
    }
    case 'admin-share':
      return { why: 'claimed-by-nobody' };
  }
}

/** By a name of the object namespace, as whoever opens it has it. */
function deviceLook(device: string, below: string, canary: Canary): Look {
  const rest = `${below.replace(/^\\/, '')}${below === '' ? '' : '\\'}${canary.file}`;
  return {
    way: { kind: 'provider', path: `${devicePath(device)}${below}` },
    target: { by: 'device', device, rest },
    canary,
  };
}

/** What a person would type for a way that was not tried. */
export function nameOf(way: IsolationWay, { uncPrefix, mountPoints }: Volume): string | undefined {
  if (way === 'unc' && uncPrefix !== undefined) return uncPath(uncPrefix);
  return way === 'admin-share' && mountPoints[0] !== undefined
    ? `\\\\localhost\\${mountPoints[0].slice(0, 1)}$`
    : undefined;
}
