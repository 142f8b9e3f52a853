import { FaultError } from '../../../shared/contract/fault.ts';
import { Recording } from '../../../shared/domain/recording.ts';

/** Reads a recording's text. Throws `invalid-input` with what is wrong and where. */
export function readRecording(text: string, file: string): Recording {
  const parsed = Recording.safeParse(json(text, file));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => ({ path: [file, ...path].join('.'), message }));
  throw new FaultError({ code: 'invalid-input', issues });
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (caught) {
    const message = `is no recording, since it is not JSON (${caught instanceof Error ? caught.message : String(caught)})`;
    throw new FaultError({ code: 'invalid-input', issues: [{ path: file, message }] }, { cause: caught });
  }
}
