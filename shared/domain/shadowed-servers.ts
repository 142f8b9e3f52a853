import type { FindingCode } from './inspection.ts';

const START = 'shadows-server:';

/** Real servers whose name a volume has: the ids of findings alone tell them (`findingId`). Other servers touch no volume. */
export function shadowedServers(
  findings: readonly { readonly code: FindingCode; readonly id?: string | undefined }[],
): string[] {
  return findings.flatMap(({ code, id }) =>
    code === 'shadows-server' && id?.startsWith(START) === true ? [id.slice(START.length)] : [],
  );
}
