import { decode } from '../../../shared/domain/error-decoder.ts';
import type { Gap, Inspection } from '../../../shared/domain/inspection.ts';
import { type KnownAmong, knownErrors } from '../../../shared/domain/known-errors.ts';
import { namespaceName } from './matrix-model.ts';

/** Where something could not be asked, what, and the reason as it was told. */
export function gapText(inspection: Inspection, { namespace, what, reason }: Gap): string {
  return `${namespaceName(inspection, namespace)}: ${what}: ${reason}`;
}

/** What is known of the reasons. Only these are read: a container may be called what it likes. */
export function gapErrors(inspection: Inspection, gaps: readonly Gap[]): readonly KnownAmong[] {
  return knownErrors(
    gaps.map(gap => gapText(inspection, gap)),
    (_text, index) => decode(gaps[index]?.reason ?? ''),
  );
}
