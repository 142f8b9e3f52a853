import { describe, expect, it } from 'vitest';
import { type PathKind, parseBind, parseMount } from './bind-parser.ts';

const FILES = ['c:\\a.txt', 'c:\\windows\\system32\\ntdll.dll'];
const host: PathKind = async path => {
  const lower = path.toLowerCase();
  if (lower.includes('notexist')) return 'missing';
  return FILES.includes(lower) ? 'file' : 'directory';
};

describe('a bind as it is typed after -v', () => {
  it.each([
    ['C:\\Users\\Me:C:\\Data', { type: 'bind', source: 'c:\\users\\me', destination: 'c:\\data' }],
    ['C:\\Users\\Me:C:\\Data:RO', { type: 'bind', source: 'c:\\users\\me', destination: 'c:\\data', readOnly: true }],
    ['c:\\program files:d:\\s p a c e:RW', { type: 'bind', source: 'c:\\program files', destination: 'd:\\s p a c e' }],
    ['MyVol:Z:', { type: 'volume', name: 'myvol', destination: 'z:' }],
    ['MyVol:Z:\\', { type: 'volume', name: 'myvol', destination: 'z:\\' }],
    ['MyVol:c:/data/sub/', { type: 'volume', name: 'myvol', destination: 'c:\\data\\sub' }],
    ['test-aux-volume:d:', { type: 'volume', name: 'test-aux-volume', destination: 'd:' }],
    ['name:D::RO', { type: 'volume', name: 'name', destination: 'd:', readOnly: true }],
    ['Z:', { type: 'volume', destination: 'z:' }],
    ['C:\\Data', { type: 'volume', destination: 'c:\\data' }],
    ['\\\\?\\C:\\long:C:\\x', { type: 'bind', source: '\\\\?\\c:\\long', destination: 'c:\\x' }],
    ['c:/:d:/forward/slashes', { type: 'bind', source: 'c:\\', destination: 'd:\\forward\\slashes' }],
    [
      '\\\\.\\pipe\\foo:\\\\.\\pipe\\bar',
      { type: 'npipe', source: '\\\\.\\pipe\\foo', destination: '\\\\.\\pipe\\bar' },
    ],
    ['//./pipe/x://./pipe/x', { type: 'npipe', source: '\\\\.\\pipe\\x', destination: '\\\\.\\pipe\\x' }],
  ])('%s is understood', async (text, expected) => {
    expect(await parseBind(text, host)).toEqual({ source: '', readOnly: false, name: undefined, ...expected });
  });

  it.each([
    '',
    '.',
    '/data',
    'vol:/data',
    'C:\\x:/data',
    'vol:data',
    '..\\:C:\\x',
    '\\\\server\\share:C:\\x',
    'C:\\x:C:\\y:z',
    'd:\\x:rw',
    'd:\\x:ro',
    'C:\\x::C:\\y',
    'name<:d:',
    'name*:d:',
    'name/:d:',
  ])('%s is no specification', async text => {
    await expect(parseBind(text, host)).rejects.toMatchObject({
      status: 500,
      message: `invalid volume specification: '${text}'`,
    });
  });

  it.each([
    ['C:', 'volume', "destination path (c:) cannot be 'c:' or 'c:\\'"],
    ['vol:c:', 'volume', "destination path (c:) cannot be 'c:' or 'c:\\'"],
    ['C:\\x:C:\\', 'bind', "destination path (c:\\) cannot be 'c:' or 'c:\\'"],
    ['C:\\notexist:C:\\x', 'bind', 'bind source path does not exist: c:\\notexist'],
    ['C:\\a.txt:C:\\a.txt', 'bind', 'source path must be a directory'],
    ['con:C:\\x', 'volume', 'volume name "con" cannot be a reserved word for Windows filenames'],
    ['LPT9:d:', 'volume', 'volume name "lpt9" cannot be a reserved word for Windows filenames'],
    ['\\\\.\\pipe\\a:\\\\.\\pipe\\a:ro', 'npipe', 'field ReadOnly must not be specified'],
    ['\\\\.\\pipe\\foo:c:\\pipe', 'npipe', "'c:\\pipe' is not a valid pipe path"],
  ])('%s is refused for its %s', async (text, type, because) => {
    await expect(parseBind(text, host)).rejects.toMatchObject({
      status: 500,
      message: `invalid volume specification: '${text}': invalid mount config for type "${type}": ${because}`,
    });
  });

  it('of a single file is refused', async () => {
    await expect(parseBind('C:\\a.txt', host)).rejects.toThrow(
      "file 'c:\\a.txt' cannot be mapped. Only directories can be mapped on this platform",
    );
  });
});

describe('a mount of --mount', () => {
  it('keeps its case', async () => {
    expect(await parseMount({ Type: 'bind', Source: 'C:\\Users\\Me', Target: 'Y:\\Data\\' }, host)).toEqual({
      type: 'bind',
      source: 'C:\\Users\\Me',
      destination: 'Y:\\Data',
      readOnly: false,
      name: undefined,
    });
  });

  it.each([
    [{ Type: 'bind', Source: '', Target: 'C:\\x' }, 'bind', 'field Source must not be empty'],
    [{ Type: 'bind', Source: 'C:\\x', Target: '' }, 'bind', 'field Target must not be empty'],
    [{ Type: 'bind', Source: 'C:\\x', Target: '\\data' }, 'bind', "invalid mount path: '\\data'"],
    [
      { Type: 'bind', Source: '\\\\srv\\share', Target: 'C:\\x' },
      'bind',
      "invalid mount path: '\\\\srv\\share' mount path must be absolute",
    ],
    [
      { Type: 'bind', Source: 'C:\\NotExist', Target: 'C:\\x' },
      'bind',
      'bind source path does not exist: C:\\NotExist',
    ],
    [
      { Type: 'bind', Source: 'C:\\x', Target: 'C:\\y', BindOptions: { Propagation: 'rprivate' } },
      'bind',
      'invalid propagation mode: rprivate',
    ],
    [{ Type: 'tmpfs', Target: 'C:\\x' }, 'tmpfs', 'mount type unknown'],
    [{ Type: 'npipe', Source: '//./pipe/a', Target: '//./pipe/a' }, 'npipe', "'//./pipe/a' is not a valid pipe path"],
    [
      { Type: 'volume', Target: 'C:\\x', ReadOnly: true },
      'volume',
      'must not set ReadOnly mode when using anonymous volumes',
    ],
  ])('%j is refused', async (request, type, because) => {
    await expect(parseMount(request, host)).rejects.toMatchObject({
      status: 400,
      message: `invalid mount config for type "${type}": ${because}`,
    });
  });
});
