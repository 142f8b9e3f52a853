import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { BundleFile } from '../../../../shared/domain/bundle.ts';
import { wordUnmasked } from '../../../../shared/wording/word-secret.ts';
import { VERSION } from '../../serving/version.ts';
import type { Context } from '../context.ts';
import { doubtful } from '../text/style.ts';
import { writeUserFile } from '../write-user-file.ts';

export interface BundleOptions {
  readonly bundle?: string;
  readonly preview?: boolean;
}

/**
 * `doctor --bundle FILE`: everything that helps others to help, redacted, as one archive; `--preview` shows what would be in
 * it and writes nothing.
 */
export async function bundle(context: Context, { bundle: file, preview = false }: BundleOptions): Promise<number> {
  if (file === undefined) {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--preview', message: 'needs --bundle FILE' }] });
  }
  const { files, archive, unmasked } = await context.withSession(session =>
    session.call('bundle.gather', { siloscope: VERSION }),
  );
  const warned = wordUnmasked(unmasked);
  if (warned !== undefined) context.remark(page => page.text(doubtful(warned)));
  if (preview) {
    const texts = files.map(({ name, content }) => ({ name, content }));
    context.answer({ files: files.map(listed), texts }, page => {
      for (const { name, content } of files) page.heading(name).verbatim(content, 0);
    });
    return EXIT_CODES.done;
  }
  await writeUserFile(file, Buffer.from(archive, 'base64'), '--bundle', 0o600);
  context.answer({ written: file, files: files.map(listed) }, page => {
    page.table({
      columns: ['file', 'bytes', 'taken out'],
      rows: files.map(({ name, bytes, takenOut }) => [name, String(bytes), String(takenOut)]),
    });
    page.gap().text(`Written to ${file}. Read it before you pass it on: --preview shows the same.`);
  });
  return EXIT_CODES.done;
}

const listed = ({ name, bytes, takenOut }: BundleFile): Omit<BundleFile, 'content' | 'by'> => ({
  name,
  bytes,
  takenOut,
});
