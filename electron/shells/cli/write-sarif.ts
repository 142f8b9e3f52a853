import type { Inspection } from '../../../shared/domain/inspection.ts';
import type { Judgement } from '../../../shared/domain/policy.ts';
import { composeSarif } from '../../../shared/wording/compose-sarif.ts';
import type { PolicySource } from './read-policy.ts';
import { VERSION } from './version.ts';
import { writeUserFile } from './write-user-file.ts';

/** Writes `--sarif`: what was found, and with a policy what violates it. */
export async function writeSarif(
  file: string,
  inspection: Inspection,
  simulated: boolean,
  judged?: { readonly source: PolicySource; readonly judgement: Judgement },
): Promise<void> {
  const log = composeSarif({
    version: VERSION,
    inspection,
    simulated,
    ...(judged === undefined
      ? {}
      : {
          policy: {
            name: judged.source.policy.name,
            judgement: judged.judgement,
            ...(judged.source.file === undefined
              ? {}
              : { file: { uri: fileReference(judged.source.file), placeOf: judged.source.placeOf } }),
          },
        }),
  });
  await writeUserFile(file, `${JSON.stringify(log, undefined, 2)}\n`, '--sarif');
}

/** A path as a URI reference: relative as it was given, absolute with its scheme, of either system. */
export function fileReference(path: string): string {
  const encoded = path.split(/[\\/]/).map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:[\\/]/.test(path)) return `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}
