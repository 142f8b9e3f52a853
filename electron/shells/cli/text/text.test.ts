import { describe, expect, it } from 'vitest';
import { bar } from './bar.ts';
import { Page } from './page.ts';
import { bad, faint, type Style, styleFor } from './style.ts';

const plain = (width: number): Style => ({ width, tableWidth: width, paint: text => text });
const marked = (width: number): Style => ({ width, tableWidth: width, paint: (text, tone) => `<${tone}>${text}</>` });

describe('text that comes out of a container', () => {
  it('is shown, not obeyed, wherever it stands', () => {
    const page = new Page(plain(40)).text('a\u001b[2Jb').command('exe.\u202etxt').verbatim('x\u0007\r\n\ty\r\n', 0);
    page.table({ columns: ['N\u009bm'], rows: [['sha\u200bre']] });
    expect(page.toString()).toBe('a\\u{1b}[2Jb\n  exe.\\u{202e}txt\nx\\u{7}\n    y\nN\\u{9b}m\nsha\\u{200b}re\n');
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

describe('a bar', () => {
  it.each([
    [0, '[----]   0 %'],
    [0.5, '[##--]  50 %'],
    [0.999, '[###-]  99 %'],
    [1, '[####] 100 %'],
    [7, '[####] 100 %'],
  ])('at %d is %s', (fraction, text) => {
    expect(bar(fraction, 4)).toBe(text);
  });
});
