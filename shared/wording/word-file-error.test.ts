import { describe, expect, it } from 'vitest';
import { wordFileError } from './word-file-error.ts';

describe('a file that the user named', () => {
  it.each([
    ['ENOENT', 'read', '/a/b.json is not there'],
    ['ENOENT', 'written', 'there is no folder /a/'],
    ['EISDIR', 'read', '/a/b.json is a folder'],
    ['ENOTDIR', 'written', 'a part of /a/b.json is a file, not a folder'],
    ['EACCES', 'written', '/a/b.json may not be written by this user (EACCES)'],
    ['EROFS', 'written', '/a/b.json is on a disk that is read-only'],
    ['ENOSPC', 'written', 'the disk of /a/b.json is full'],
    ['EEXIST', 'written', '/a/b.json is there already'],
    ['ENAMETOOLONG', 'read', '/a/b.json is a longer name than the system takes'],
    ['ELOOP', 'written', '/a/b.json leads in a circle of links'],
    ['EIO', 'read', 'EIO: as it came'],
  ] as const)('%s, not to be %s: %s', (code, act, words) => {
    expect(wordFileError({ code, message: 'EIO: as it came' }, '/a/b.json', act)).toBe(words);
  });

  it('is told with its folder by either slash, and with nothing that moves a cursor', () => {
    expect(wordFileError({ code: 'ENOENT', message: '' }, 'C:\\x\\y.html', 'written')).toBe(
      'there is no folder C:\\x\\',
    );
    expect(wordFileError({ code: 'EISDIR', message: '' }, 'a\u001b[31m', 'read')).not.toContain('\u001b');
  });
});
