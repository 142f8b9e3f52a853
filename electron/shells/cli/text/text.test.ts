import { describe, expect, it } from 'vitest';
import { bytesText } from './amount.ts';
import { bar } from './bar.ts';
import { Page } from './page.ts';
import { printable, printableLines } from './printable.ts';
import { bad, faint, type Style, styleFor } from './style.ts';

const plain = (width: number): Style => ({ width, tableWidth: width, paint: text => text });
const marked = (width: number): Style => ({ width, tableWidth: width, paint: (text, tone) => `<${tone}>${text}</>` });

describe('text that comes out of a container', () => {
  it.each([
    ['a terminal escape', 'a\u001b[2Jb', 'a\\u{1b}[2Jb'],
    ['a line end', 'a\r\nb', 'a\\u{d}\\u{a}b'],
    ['an eight-bit control', 'a\u009bm', 'a\\u{9b}m'],
    ['a right-to-left override', 'exe.\u202etxt', 'exe.\\u{202e}txt'],
    ['an invisible joiner', 'sha\u200bre', 'sha\\u{200b}re'],
    ['half a character', 'a\ud800b', 'a\\u{d800}b'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
  ])('shows %s instead of obeying it', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('keeps what people write', () => {
    expect(printable('\\\\memfs\\share Ü 日本 🗂')).toBe('\\\\memfs\\share Ü 日本 🗂');
  });

  it('is cut when it is too long', () => {
    expect(printable('x'.repeat(500))).toBe(`${'x'.repeat(399)}…`);
  });

  it('keeps its lines where lines are wanted', () => {
    expect(printableLines('a\tb\r\n\u0007c\r\n\r\n')).toEqual(['a    b', '\\u{7}c']);
  });
});

describe('a page', () => {
  it('wraps at words, hangs later lines, and paints each piece', () => {
    const page = new Page(marked(24)).text([bad('[!] '), 'one two three four five'], { hang: 4 });
    expect(page.toString()).toBe('<bad>[!] </><plain>one two three four</>\n    <plain>five</>\n');
  });

  it('cuts a word that is wider than the page', () => {
    expect(new Page(plain(20)).text('C:\\ProgramFilesWinFspBinMemfs').toString()).toBe(
      'C:\\ProgramFilesWinFs\npBinMemfs\n',
    );
  });

  it('never wraps a command, and never paints its spaces away', () => {
    const line = 'siloscope inspect --scenario winfsp-container-support --probe --canary';
    expect(new Page(plain(20)).command(line).toString()).toBe(`  ${line}\n`);
  });

  it('has one blank line where two were asked for', () => {
    expect(new Page(plain(40)).text('a').gap().heading('B').gap().gap().text('c').toString()).toBe('a\n\nB\n\nc\n');
  });
});

describe('a table', () => {
  const rows = [
    ['日本', 'Z:', faint('private')],
    ['memfs', '\\\\memfs\\share', 'leaked'],
  ];
  const columns = ['NAME', 'VOLUME', 'VERDICT'];

  it('lines up by what a terminal shows', () => {
    expect(new Page(plain(80)).table({ columns, rows }).toString()).toBe(
      ['NAME   VOLUME         VERDICT', '日本   Z:             private', 'memfs  \\\\memfs\\share  leaked', ''].join(
        '\n',
      ),
    );
  });

  it('wraps its widest columns when the terminal is narrow', () => {
    expect(new Page(plain(27)).table({ columns, rows: rows.slice(1) }).toString()).toBe(
      ['NAME   VOLUME       VERDICT', 'memfs  \\\\memfs\\sha  leaked', '       re', ''].join('\n'),
    );
  });

  it('becomes blocks when no column could be read', () => {
    expect(new Page(plain(20)).table({ columns, rows: rows.slice(1) }).toString()).toBe(
      ['NAME: memfs', 'VOLUME: ', '\\\\memfs\\share', 'VERDICT: leaked', ''].join('\n').replace('VOLUME: ', 'VOLUME:'),
    );
  });
});

describe('colour', () => {
  const terminal = { write: () => undefined, isTTY: true, columns: 80 };
  const pipe = { write: () => undefined, isTTY: false };

  it.each([
    ['on a terminal', terminal, {}, true, true],
    ['not on a pipe', pipe, {}, true, false],
    ['not with --no-color', terminal, {}, false, false],
    ['not with NO_COLOR', terminal, { NO_COLOR: '1' }, true, false],
    ['still with an empty NO_COLOR', terminal, { NO_COLOR: '' }, true, true],
    ['not on a dumb terminal', terminal, { TERM: 'dumb' }, true, false],
  ])('%s', (_, output, env, color, painted) => {
    expect(styleFor(output, env, color).paint('x', 'bad') !== 'x').toBe(painted);
  });

  it('leaves a pipe its whole table rows', () => {
    expect(styleFor(pipe, {}, true)).toMatchObject({ width: 80, tableWidth: Number.POSITIVE_INFINITY });
    expect(styleFor(pipe, { COLUMNS: '60' }, true)).toMatchObject({ width: 60, tableWidth: 60 });
  });
});

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [1_540_000_000, '1.54 GB'],
    [99_960_000, '100 MB'],
    [999_600_000, '1.00 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [0, '[----]   0 %'],
    [0.5, '[##--]  50 %'],
    [0.999, '[###-]  99 %'],
    [1, '[####] 100 %'],
    [7, '[####] 100 %'],
  ])('a bar at %d is %s', (fraction, text) => {
    expect(bar(fraction, 4)).toBe(text);
  });
});
