import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommandLine } from '../../../shared/domain/command-line.ts';
import { expandVariables } from '../simulated/programs/cmd/expand.ts';
import { parseLine } from '../simulated/programs/cmd/parser.ts';
import { parseCmdSwitches } from '../simulated/programs/cmd/switches.ts';
import type { Command } from '../simulated/programs/cmd/syntax.ts';
import { AGENT_BOOTSTRAP } from './agent-script.ts';
import { betweenMarks, cmdLineOf } from './cmd-line.ts';
import { encodedCommand, startScript } from './encoded-command.ts';
import { sweepScript } from './leftovers.ts';

const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['path', 'C:\\Windows'],
  ['os', 'Windows_NT'],
  ['a', 'expanded'],
  [' ', 'blank'],
]);

/** What means something to cmd, to PowerShell or to a program's parser of its command line, thrown together. */
const trouble = fc.constantFrom(
  '"',
  '\\',
  '%',
  '^',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
  '!',
  ' ',
  '\t',
  "'",
  '`',
  '$',
  ';',
  ',',
  '=',
  '%PATH%',
  '%a%',
  '%a:x=y%',
  ':',
  '%OS:~0,3%',
  '\\"',
  '^%',
  '\u201c',
  'é',
  '日本',
  'x',
  '/c',
  '--%',
);
const argument = fc.oneof(
  fc.array(trouble, { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ maxLength: 20 }).filter(text => !/[\r\n\0]/.test(text)),
);
const program = fc.constantFrom(
  'sc.exe',
  'C:\\Test\\print-arguments.exe',
  'C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe',
  'C:\\a & b\\c^d.exe',
);
const argv = fc.tuple(program, fc.array(argument, { maxLength: 6 })).map(([name, rest]) => [name, ...rest]);

/** What a line runs, one after the other. */
const inOrder = (node: Command): readonly Command[] =>
  node.kind === 'sequence' ? [...inOrder(node.left), ...inOrder(node.right)] : [node];

/** The arguments that the program gets of a line that sshd of Windows hands to cmd, by our own cmd and argv parser. */
async function throughCmd(line: string): Promise<readonly string[]> {
  const { command = '' } = await parseCmdSwitches(`"c:\\windows\\system32\\cmd.exe" /c "${line}"`, async () => true);
  const parsed = parseLine(expandVariables(command, name => VARIABLES.get(name.toLowerCase())));
  const [, program] = inOrder(parsed);
  if (program?.kind !== 'simple') throw new Error(`${program?.kind} where one program was meant`);
  return splitCommandLine(`${program.name}${program.tail}`);
}

describe('a line for cmd', () => {
  it('hands every argument over unharmed', async () => {
    await fc.assert(
      fc.asyncProperty(argv, async given => {
        const line = cmdLineOf(given);
        expect(line === undefined ? given : await throughCmd(betweenMarks(line, 'mark='))).toEqual(given);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    [['echo', 'x']],
    [['a%b.exe']],
    [['a"b.exe']],
    [['sc.exe', 'two\nlines']],
    [['sc.exe', 'x'.repeat(9_000)]],
    [['']],
  ])('cannot say %j, and does not try', given => {
    expect(cmdLineOf(given)).toBeUndefined();
  });

  it('asks for the exit code behind it', () => {
    expect(betweenMarks('sc.exe query', 'mark=')).toBe('echo mark=& sc.exe query& >&2 call echo mark=%^errorlevel%');
  });
});

describe('an encoded command', () => {
  it.each([AGENT_BOOTSTRAP, startScript(['hostname.exe'], 'siloscope-exit-00='), sweepScript(['word'])])(
    'keeps the words of PowerShell itself from what a program says on its standard error: %#',
    script => {
      const command = encodedCommand(script);
      const lines = Buffer.from(command.split(' ').at(-1) ?? '', 'base64')
        .toString('utf16le')
        .split('\n');
      expect(lines.slice(0, 2)).toEqual([script.split('\n')[0], "$ProgressPreference = 'SilentlyContinue'"]);
      expect([lines[0], ...lines.slice(2)].join('\n')).toBe(script);
      expect(command).toContain(' -OutputFormat Text ');
    },
  );

  it('holds nothing that a shell could read, whatever the arguments', () => {
    fc.assert(
      fc.property(argv, given => {
        const command = encodedCommand(startScript(given, 'siloscope-exit-00='));
        expect(command).toMatch(/^powershell\.exe (?:-[A-Za-z]+ (?:(?:None|Text) )?)+[A-Za-z0-9+/=]+$/);
        const script = Buffer.from(command.split(' ').at(-1) ?? '', 'base64').toString('utf16le');
        const [name = '', tail = ''] = [...script.matchAll(/FromBase64String\('([^']*)'\)/g)].map(([, encoded = '']) =>
          Buffer.from(encoded, 'base64').toString('utf16le'),
        );
        expect([name, ...splitCommandLine(`x ${tail}`).slice(1)]).toEqual(given);
      }),
      { numRuns: 10_000 },
    );
  });
});
