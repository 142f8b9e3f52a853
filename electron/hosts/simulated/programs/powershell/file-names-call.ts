import type { ProgramContext } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { matchesWildcard } from '../base/wildcard.ts';
import { fileName, parentPath } from '../base/win32-path.ts';
import { undoubled } from './tokens.ts';

/**
 * The one use of .NET's encodings that is understood: names of the files that fit a pattern, each printed in base 64 of its
 * UTF-16. Answers the exit code; undefined for any other script.
 */
export async function fileNamesCall({ win32, stdout }: ProgramContext, script: string): Promise<number | undefined> {
  const asked =
    /^Get-ChildItem -Path '((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)' -File \| ForEach-Object \{ \[Convert\]::ToBase64String\(\[Text\.Encoding\]::Unicode\.GetBytes\(\$_\.Name\)\) \}$/.exec(
      script,
    );
  if (asked === null) return undefined;
  const path = undoubled(asked[1] ?? '');
  try {
    for (const { name, directory } of await win32.list(parentPath(path))) {
      if (directory || !matchesWildcard(fileName(path), name)) continue;
      await stdout.write(`${Buffer.from(name, 'utf16le').toString('base64')}\r\n`);
    }
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return 1;
  }
}
