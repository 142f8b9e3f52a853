import { composeCmdLine } from '../../../../shared/domain/cmd-line.ts';

/** Under this name Windows shows it: in Task Manager, in Task Scheduler, and above its window. */
export const ENTRY_NAME = 'Siloscope serve';

/** Ground: Microsoft, "Run and RunOnce Registry Keys": a command line of at most 260 characters. */
export const LONGEST_RUN_COMMAND = 260;

/** How Windows is told. `run-key`: a value that Explorer reads. `task`: where there is no Explorer, or the command is too long. */
export type SignInWay = 'run-key' | 'task';

/** A program to start with a window that stays small: its addresses, each with its token, are shown there and nowhere else. */
export interface SignInCommand {
  readonly program: string;
  readonly arguments: string;
}

/** `argv`: this program, and what it is to do. `systemRoot`: e.g. `C:\Windows`. */
export function signInCommand(argv: readonly string[], systemRoot: string): SignInCommand {
  return {
    program: `${systemRoot}\\System32\\cmd.exe`,
    arguments: `/c start "${ENTRY_NAME}" /min ${composeCmdLine(argv)}`,
  };
}

export const commandLineOf = ({ program, arguments: rest }: SignInCommand): string => `${program} ${rest}`;

/** Explorer alone reads the Run key, and Server Core has none (inferred: no page of Microsoft's says so in these words). */
export function judgeWay(installationType: string | undefined, command: SignInCommand): SignInWay {
  const hasNoExplorer = /^server core$/i.test(installationType?.trim() ?? '');
  return hasNoExplorer || commandLineOf(command).length > LONGEST_RUN_COMMAND ? 'task' : 'run-key';
}

/**
 * A task that starts when this one user signs in, in their session, without a password and without more rights. Its trigger
 * names the user: else only an administrator may register it. Ground: MS-TSCH 3.2.5.4.2, the table of logon triggers.
 */
export function taskXml({ program, arguments: rest }: SignInCommand, userSid: string): string {
  const sid = escapeXml(userSid);
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    `  <RegistrationInfo><Description>${ENTRY_NAME}</Description></RegistrationInfo>`,
    `  <Triggers><LogonTrigger><Enabled>true</Enabled><UserId>${sid}</UserId></LogonTrigger></Triggers>`,
    '  <Principals><Principal id="Author">',
    `    <UserId>${sid}</UserId><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel>`,
    '  </Principal></Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '  </Settings>',
    '  <Actions Context="Author"><Exec>',
    `    <Command>${escapeXml(program)}</Command>`,
    `    <Arguments>${escapeXml(rest)}</Arguments>`,
    '  </Exec></Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, char => ENTITIES[char] ?? char);

/** The user's SID in `whoami /user /fo csv /nh`: `"machine\\name","S-1-5-21-..."`. */
export const readSid = (text: string): string | undefined => /"(S-1-[0-9-]{3,180})"/.exec(text)?.[1];
