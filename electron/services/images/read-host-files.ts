import { FaultError } from '../../../shared/contract/fault.ts';
import { powershellQuoted } from '../../../shared/domain/powershell-text.ts';
import { textLines } from '../../../shared/domain/text-lines.ts';
import { mayOpenOn, type OpensFiles } from '../leads-to-partition.ts';
import { runIfThere, runOptions } from '../run-program.ts';

/** PowerShell starts slowly. */
const LIMIT_MS = 60_000;
/** So many bytes a call: in base 64 it is well below what a program may print. */
const CHUNK_BYTES = 6 * 1_048_576;

const powershell = (script: string): readonly string[] => [
  'powershell.exe',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  script,
];

/** Fails where a path's letter leads to no disk of this host: a server would be told who asks. */
async function requireLocal(host: OpensFiles, path: string, signal?: AbortSignal): Promise<void> {
  if (await mayOpenOn(host, path, signal)) return;
  const message = `${path.slice(0, 2)} leads to no disk of this host, as far as its link tells: copy the file to one that does.`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}

/** Sizes of files on the host, in the order of the paths; undefined for one that is not there. */
export async function fileSizes(
  host: OpensFiles,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<readonly (number | undefined)[]> {
  if (paths.length === 0) return [];
  for (const path of paths) await requireLocal(host, path, signal);
  const script = paths
    .map((path, index) => `'${index} ' + (Get-Item -LiteralPath ${powershellQuoted(path)}).Length`)
    .join('; ');
  const ran = await runIfThere(host, powershell(script), runOptions(signal, LIMIT_MS));
  const sizes = new Map(
    textLines(ran?.stdout ?? '').flatMap(line => {
      const [, index, size] = /^(\d+) (\d+)$/.exec(line) ?? [];
      return index === undefined ? [] : [[Number(index), Number(size)] as const];
    }),
  );
  return paths.map((_, index) => sizes.get(index));
}

/** Names of the files in a directory of the host that fit a pattern of its last part. */
export async function filesLike(host: OpensFiles, pattern: string, signal?: AbortSignal): Promise<readonly string[]> {
  await requireLocal(host, pattern, signal);
  const ran = await runIfThere(host, powershell(namesScript(pattern)), runOptions(signal, LIMIT_MS));
  return textLines(ran?.stdout ?? '')
    .map(line => Buffer.from(line.trim(), 'base64').toString('utf16le'))
    .filter(name => /^[^\\/:*?"<>|]{1,255}$/.test(name));
}

/** Prints names of files in base 64, one a line: a console's code page has not every letter that a name may have. */
function namesScript(pattern: string): string {
  return `Get-ChildItem -Path ${powershellQuoted(pattern)} -File | ForEach-Object { [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($_.Name)) }`;
}

/**
 * The content of a file on the host, piece by piece. Fails with `command-failed` where it cannot be read, or became another
 * size meanwhile.
 */
export async function* readHostFile(
  host: OpensFiles,
  path: string,
  sizeBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  await requireLocal(host, path, signal);
  let at = 0;
  while (at < sizeBytes) {
    const argv = powershell(readScript(path, at, Math.min(CHUNK_BYTES, sizeBytes - at)));
    const ran = await host.run(argv, runOptions(signal, LIMIT_MS));
    const chunk = Buffer.from(ran.stdout.trim(), 'base64');
    if (ran.exitCode !== 0 || chunk.length === 0) {
      const stderr = ran.stderr.trim() === '' ? `${path} ended after ${at} of ${sizeBytes} bytes` : ran.stderr;
      throw new FaultError({ code: 'command-failed', argv: [...argv], exitCode: ran.exitCode, stdout: '', stderr });
    }
    at += chunk.length;
    yield chunk;
  }
}

/** Prints so many bytes of a file, from a place on, in base 64. */
export function readScript(path: string, from: number, count: number): string {
  return [
    `$file = [IO.File]::OpenRead(${powershellQuoted(path)})`,
    `try { $file.Position = ${from}; $bytes = New-Object byte[] ${count}; $read = $file.Read($bytes, 0, ${count}); [Convert]::ToBase64String($bytes, 0, $read) } finally { $file.Dispose() }`,
  ].join('; ');
}
