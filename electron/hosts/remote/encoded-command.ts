import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCommandLine } from '../../../shared/domain/command-line.ts';
import { powershellText } from '../../../shared/domain/powershell-text.ts';
import type { Ran } from '../host.ts';

/** The first line of the script that starts one program. */
export const START_MARKER = '# siloscope: start';

/** What a script prints, with the mode behind it, where PowerShell is locked down and .NET out of its reach. */
export const LOCKED_DOWN = 'siloscope: language mode ';

/** The lines of a script that end it there. */
export const UNLESS_LOCKED_DOWN = `$mode = $ExecutionContext.SessionState.LanguageMode
if ($mode -ne 'FullLanguage') { "${LOCKED_DOWN}$mode"; exit 3 }`;

/**
 * Said before anything else in a script: loading a module is progress, and PowerShell 5.1 writes that on a standard error
 * that is no console as XML, in front of what the program over there says. `-OutputFormat Text` keeps it from doing so with
 * errors. Ground: PowerShell ConsoleHost.cs (ErrorFormat); seen over ssh by phnx-labs/agi-cli#1270 and ansible#69550.
 */
const WITHOUT_PROGRESS = "$ProgressPreference = 'SilentlyContinue'";

/**
 * A command line that runs a PowerShell script in any far shell: nothing in it means anything to cmd, PowerShell or sh.
 * `-InputFormat None` keeps PowerShell from reading the standard input, which is for what the script starts. The script's
 * first line is its marker.
 */
export function encodedCommand(script: string): string {
  const [marker = '', ...rest] = script.split('\n');
  const encoded = Buffer.from([marker, WITHOUT_PROGRESS, ...rest].join('\n'), 'utf16le').toString('base64');
  return `powershell.exe -NoLogo -NoProfile -NonInteractive -InputFormat None -OutputFormat Text -EncodedCommand ${encoded}`;
}

/** The end of such a command line: as good as its own when the script ends with a word that is. */
export function encodedWord(command: string): string {
  return command.slice(-44);
}

/**
 * A script that starts one program with exactly these arguments and passes its streams and exit code on: .NET hands the
 * command line to CreateProcess as it is, so that no shell reads it. Win32's error 2 or 3 is told by a mark of its own. The
 * exit mark stands before what the program prints, too: a PowerShell that is the far shell has a profile, and says what it says.
 */
export function startScript(argv: readonly string[], exitMark: string): string {
  const [program = '', ...rest] = argv;
  // The first word is the program, which ProcessStartInfo wants apart.
  const tail = composeCommandLine(['x', ...rest]).slice(2);
  return [
    START_MARKER,
    "$ErrorActionPreference = 'Stop'",
    UNLESS_LOCKED_DOWN,
    '$start = New-Object System.Diagnostics.ProcessStartInfo',
    `$start.FileName = ${powershellText(program)}`,
    `$start.Arguments = ${powershellText(tail)}`,
    '$start.UseShellExecute = $false',
    `[Console]::Out.Write('${exitMark}')`,
    'try { $process = [System.Diagnostics.Process]::Start($start) }',
    'catch [System.Management.Automation.MethodInvocationException] {',
    '  $inner = $_.Exception.InnerException',
    '  $code = 1',
    '  if ($inner -is [System.ComponentModel.Win32Exception]) { $code = $inner.NativeErrorCode }',
    `  [Console]::Error.Write('${exitMark}not-started:' + $code)`,
    '  exit 1',
    '}',
    '$process.WaitForExit()',
    `[Console]::Error.Write('${exitMark}' + $process.ExitCode)`,
    'exit $process.ExitCode',
    // At the end, where encodedWord finds it.
    `# ${exitMark}`,
  ].join('\n');
}

/** The Win32 error with which a program could not be started by `startScript`, if so. */
export function notStarted(stderr: string, exitMark: string): number | undefined {
  const digits = /^not-started:(\d{1,10})/.exec(stderr.slice(stderr.lastIndexOf(exitMark) + exitMark.length))?.[1];
  return digits === undefined || !stderr.includes(exitMark) ? undefined : Number(digits);
}

/** Why a `startScript` ended without a word on the program's end: PowerShell is locked down, or failed by itself. */
export function scriptFault(said: Pick<Ran, 'exitCode' | 'stdout' | 'stderr'>): FaultError {
  if (!said.stdout.includes(LOCKED_DOWN))
    return new FaultError({ code: 'command-failed', argv: ['powershell.exe'], ...said });
  const raw = `${said.stdout}${said.stderr}`.trim();
  return new FaultError({ code: 'access-denied', what: 'starting programs from PowerShell (it is locked down)', raw });
}
