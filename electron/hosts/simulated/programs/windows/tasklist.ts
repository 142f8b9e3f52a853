import type { Process, ProgramContext } from '../../machine.ts';
import { grouped } from '../base/formats.ts';
import { matchesWildcard } from '../base/wildcard.ts';

/** tasklist: `/fi "imagename eq x"`, `/fo csv|list|table`, `/nh`. In a silo only the silo's own processes. */
export async function tasklist(context: ProgramContext): Promise<number> {
  const args = context.argv.slice(1);
  const value = (name: string): string | undefined => {
    const at = args.findIndex(arg => arg.toLowerCase() === name);
    return at < 0 ? undefined : args[at + 1];
  };
  const format = value('/fo')?.toLowerCase() ?? 'table';
  const header = !args.some(arg => arg.toLowerCase() === '/nh');
  const isWanted = matching(value('/fi'));
  if (isWanted === undefined) {
    await context.stderr.write('ERROR: The search filter cannot be recognized.\r\n');
    return 1;
  }
  const { silo } = context.win32.subject;
  const all = context.machine.processes().filter(process => silo === 0 || process.silo === silo);
  const shown = all.filter(isWanted).sort((a, b) => a.processId - b.processId);
  if (shown.length === 0) {
    await context.stdout.write('INFO: No tasks are running which match the specified criteria.\r\n');
    return 0;
  }
  const rows = shown.map(row);
  await context.stdout.write(
    format === 'csv' ? csv(rows, header) : format === 'list' ? list(rows) : table(rows, header),
  );
  return 0;
}

const TITLES = ['Image Name', 'PID', 'Session Name', 'Session#', 'Mem Usage'] as const;
type Row = readonly string[];

function row(process: Process): Row {
  const kilobytes = grouped(process.counters().privateWorkingSet / 1_024);
  const session = process.silo === 0 ? '0' : String(2 + (process.silo % 97));
  return [process.imageName, String(process.processId), 'Services', session, `${kilobytes} K`];
}

/** `imagename eq memfs*`, `pid eq 4`, `ne` likewise; undefined when it is not understood. */
function matching(filter: string | undefined): ((process: Process) => boolean) | undefined {
  if (filter === undefined) return () => true;
  const match = /^(imagename|pid)\s+(eq|ne)\s+(.+)$/i.exec(filter);
  if (match === null) return undefined;
  const [, field = '', operator = '', wanted = ''] = match;
  return process => {
    const same =
      field.toLowerCase() === 'pid' ? String(process.processId) === wanted : matchesWildcard(wanted, process.imageName);
    return same === (operator.toLowerCase() === 'eq');
  };
}

function table(rows: readonly Row[], header: boolean): string {
  const line = ([name = '', pid = '', session = '', number = '', memory = '']: Row): string =>
    `${name.slice(0, 25).padEnd(25)} ${pid.padStart(8)} ${session.padEnd(16)} ${number.padStart(11)} ${memory.padStart(12)}\r\n`;
  const rule = [25, 8, 16, 11, 12].map(width => '='.repeat(width)).join(' ');
  return `\r\n${header ? `${line(TITLES)}${rule}\r\n` : ''}${rows.map(line).join('')}`;
}

function csv(rows: readonly Row[], header: boolean): string {
  return [...(header ? [TITLES] : []), ...rows]
    .map(cells => `${cells.map(cell => `"${cell}"`).join(',')}\r\n`)
    .join('');
}

function list(rows: readonly Row[]): string {
  return rows
    .map(cells => `\r\n${TITLES.map((title, index) => `${`${title}:`.padEnd(14)}${cells[index] ?? ''}\r\n`).join('')}`)
    .join('');
}
