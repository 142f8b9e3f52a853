import { assertNever } from '../base/assert-never.ts';
import type { Because, FindingCode, Visibility, Way } from '../domain/inspection.ts';

/** Why a cell is as it is. */
export function wordBecause(because: Because): string {
  switch (because) {
    case 'its-own-namespace':
      return 'it was mounted here';
    case 'disk-stays-in-its-namespace':
      return 'by the rule a disk volume exists in its own namespace only';
    case 'shared-mup':
      return "containers share the host's MUP, with which its name is registered (documented by WinFsp)";
    case 'shared-mup-inferred':
      return 'the MUP is shared, so this is expected (inferred; no vendor documents it)';
    case 'class-claimed-by-another':
      return "somebody else may hold the first part of its UNC name; its provider's own name still leads there (inferred)";
    case 'mup-not-shared':
      return 'the two do not share a MUP here';
    case 'mup-leads-elsewhere':
      return 'the UNC switchboard (MUP) of one of the two is a link to an unknown place, of which no rule speaks';
    case 'another-kernel':
      return 'Hyper-V isolation: that namespace is on another kernel';
    case 'program-unknown':
      return 'the program is not one that Siloscope knows: what kind of volume it makes shows once it is mounted';
    case 'observed-otherwise':
      return 'the rule says otherwise, but this is what was observed';
    case 'no-answer':
      return 'asked, but no clear answer came';
    default:
      return assertNever(because, 'reason');
  }
}

export function wordVisible(visible: Visibility['visible']): string {
  switch (visible) {
    case 'yes':
      return 'visible';
    case 'no':
      return 'not visible';
    case 'unknown':
      return 'unknown';
    default:
      return assertNever(visible, 'answer');
  }
}

export function wordWay(kind: Way['kind']): string {
  switch (kind) {
    case 'drive':
      return 'by its mount point';
    case 'unc':
      return 'by its UNC name';
    case 'provider':
      return 'by naming its provider or device';
    default:
      return assertNever(kind, 'way');
  }
}

/** A finding's code as a heading. */
export function wordFindingCode(code: FindingCode): string {
  switch (code) {
    case 'unc-leak':
      return 'Leak by a UNC prefix, seen or expected';
    case 'class-collision':
      return 'Two file systems share the first part of a UNC name';
    case 'prefix-collision':
      return 'Two file systems have the same UNC prefix';
    case 'shadows-server':
      return 'Has the name of a real server';
    case 'ghost-mount-point':
      return 'A drive letter that leads nowhere';
    case 'fsd-stopped':
      return "WinFsp's driver (FSD) is not running";
    case 'hyperv-no-winfsp':
      return 'Hyper-V isolation: WinFsp cannot work';
    case 'unmanaged-file-system':
      return 'Not started by Siloscope';
    case 'leaks-by-default':
      return 'Expected to leak unless it is told not to';
    default:
      return assertNever(code, 'finding');
  }
}
