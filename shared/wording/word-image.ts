import { assertNever } from '../base/assert-never.ts';
import { type ImageRow, ImageVerdict } from '../domain/image-row.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Whether an image runs, in a word or two. */
export function wordRuns(runs: ImageVerdict['runs']): string {
  switch (runs) {
    case 'yes':
      return 'runs';
    case 'try':
      return 'may run';
    case 'untested':
      return 'expected to run';
    case 'hyperv-only':
      return 'Hyper-V only';
    case 'no':
      return 'does not run';
    case 'unknown':
      return 'unknown';
    default:
      return assertNever(runs, 'image verdict');
  }
}

/** The rule that decided on an image. */
export function wordImageBecause(because: ImageVerdict['because']): string {
  switch (because) {
    case 'exact-build':
      return "it has the host's build";
    case 'within-stable-abi':
      return 'hosts from build 20348 on run images that are somewhat older';
    case 'client-exact-build-unsupported':
      return "it has the host's build, but Windows 10 is for development only and unsupported: it may work";
    case 'sources-disagree':
      return "Microsoft's table says yes, the engine's own rule says no: it may work";
    case 'host-build-differs':
      return "before build 20348 an image must have exactly the host's build; it would need Hyper-V isolation, where WinFsp cannot work";
    case 'newer-than-host':
      return 'it is newer than the host';
    case 'older-than-stable-abi':
      return 'it is too old for this host; it would need Hyper-V isolation, where WinFsp cannot work';
    case 'nano-server-no-winfsp':
      return 'WinFsp does not support Nano Server';
    case 'not-windows':
      return 'it is no Windows image';
    case 'no-os-version':
      return 'it does not say for which Windows it was built';
    case 'server-image-untested-with-winfsp':
      return 'the build fits; with WinFsp this image is expected to work, but nobody has reported it';
    default:
      return assertNever(because, 'image reason');
  }
}

/** `runs: it has the host's build`. */
export function wordImageVerdict({ runs, because }: ImageVerdict): string {
  return `${wordRuns(runs)}: ${wordImageBecause(because)}`;
}

/** The same for a reason that came over a wire as text; one that is not known is shown as it is. */
export function wordImageReason(because: string): string {
  const known = ImageVerdict.shape.because.safeParse(because);
  return known.success ? wordImageBecause(known.data) : escapeUntrusted(because);
}

export function wordSupport(support: ImageRow['support']): string {
  switch (support) {
    case 'mainstream':
      return 'supported';
    case 'extended':
      return 'extended support';
    case 'ended':
      return 'support ended';
    case 'unknown':
      return 'support unknown';
    default:
      return assertNever(support, 'support');
  }
}
