import { grouped, shortDate, shortTime } from '../base/formats.ts';

/** An object of the pipeline: properties by name, and how it is written as text. */
export interface Row {
  readonly type: 'file' | 'process' | 'service' | 'path' | 'plain';
  readonly properties: Readonly<Record<string, Value>>;
  readonly text: string;
  /** Of a file: where it was listed. */
  readonly directory?: string;
}

export type Value = string | number | boolean | Row;

/** As a string of an argument: `$true` is `True`. */
export function textOf(value: Value): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? value.text : String(value);
}

/** What the console shows: plain values a line each, objects as the tables of Windows PowerShell. */
export function formatOutput(values: readonly Value[]): string {
  let out = '';
  let at = 0;
  while (at < values.length) {
    const first = values[at];
    if (first === undefined) break;
    if (typeof first !== 'object') {
      out += `${textOf(first)}\r\n`;
      at++;
      continue;
    }
    const rows: Row[] = [];
    for (
      let row = values[at];
      typeof row === 'object' && row.type === first.type && row.directory === first.directory;
      row = values[++at]
    ) {
      rows.push(row);
    }
    out += tableOf(first, rows);
  }
  return out;
}

function tableOf(first: Row, rows: readonly Row[]): string {
  switch (first.type) {
    case 'file':
      return `\r\n\r\n    Directory: ${first.directory ?? ''}\r\n\r\n\r\nMode                 LastWriteTime         Length Name\r\n----                 -------------         ------ ----\r\n${rows.map(fileLine).join('')}\r\n\r\n`;
    case 'process':
      return `\r\nHandles  NPM(K)    PM(K)      WS(K)     CPU(s)     Id  SI ProcessName\r\n-------  ------    -----      -----     ------     --  -- -----------\r\n${rows.map(processLine).join('')}\r\n\r\n`;
    case 'service':
      return `\r\nStatus   Name               DisplayName\r\n------   ----               -----------\r\n${rows.map(serviceLine).join('')}\r\n\r\n`;
    case 'path':
      return `\r\nPath\r\n----\r\n${rows.map(row => `${row.text}\r\n`).join('')}\r\n\r\n`;
    case 'plain':
      return `\r\n${rows.map(plainBlock).join('\r\n')}\r\n\r\n`;
  }
}

const read = (row: Row, name: string): string => textOf(row.properties[name] ?? '');

function fileLine(row: Row): string {
  const when = Number(row.properties['LastWriteTime'] ?? 0);
  const time = `${shortDate(when)} ${shortTime(when).replace(/^0/, ' ')}`.padStart(22);
  const length = row.properties['PSIsContainer'] === true ? '' : read(row, 'Length');
  return `${read(row, 'Mode').padEnd(10)}${time}${length.padStart(15)} ${read(row, 'Name')}\r\n`;
}

function processLine(row: Row): string {
  const kilobytes = grouped(Number(row.properties['WS'] ?? 0) / 1_024).replaceAll(',', '');
  return `${'0'.padStart(7)}${'0'.padStart(8)}${kilobytes.padStart(9)}${kilobytes.padStart(11)}${read(row, 'CPU').padStart(11)}${read(row, 'Id').padStart(7)}${read(row, 'SI').padStart(4)} ${read(row, 'ProcessName')}\r\n`;
}

function serviceLine(row: Row): string {
  return `${read(row, 'Status').padEnd(8)} ${read(row, 'Name').padEnd(18)} ${read(row, 'DisplayName')}\r\n`;
}

function plainBlock(row: Row): string {
  const width = Math.max(...Object.keys(row.properties).map(name => name.length));
  return Object.keys(row.properties)
    .map(name => `${name.padEnd(width)} : ${read(row, name)}\r\n`)
    .join('');
}
