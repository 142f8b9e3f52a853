import { describe, expect, it } from 'vitest';
import { isSystemCallError, nameOfStatus, STATUS, systemCallError, win32Error, win32OfStatus } from './status.ts';

describe('a status', () => {
  it.each([
    [STATUS.OBJECT_NAME_NOT_FOUND, 'STATUS_OBJECT_NAME_NOT_FOUND', 2],
    [STATUS.OBJECT_PATH_NOT_FOUND, 'STATUS_OBJECT_PATH_NOT_FOUND', 3],
    [STATUS.ACCESS_DENIED, 'STATUS_ACCESS_DENIED', 5],
    [STATUS.OBJECT_NAME_COLLISION, 'STATUS_OBJECT_NAME_COLLISION', 183],
    [STATUS.BAD_NETWORK_PATH, 'STATUS_BAD_NETWORK_PATH', 53],
    [STATUS.BAD_NETWORK_NAME, 'STATUS_BAD_NETWORK_NAME', 67],
    [STATUS.DISK_FULL, 'STATUS_DISK_FULL', 112],
    [STATUS.INVALID_IMAGE_FORMAT, 'STATUS_INVALID_IMAGE_FORMAT', 193],
    [0xc0070424, '0xC0070424', 1_060],
    [0xc0009999, '0xC0009999', 317],
  ])('%i is %s and Win32 error %i', (status, name, win32) => {
    expect([nameOfStatus(status), win32OfStatus(status)]).toEqual([name, win32]);
  });

  it('has a Win32 error of its own, each one', () => {
    expect(Object.values(STATUS).filter(status => win32OfStatus(status) === 317)).toEqual([]);
  });

  it('travels as an error that names the object', () => {
    const error = systemCallError(STATUS.DISK_FULL, 'C:');
    expect([error.name, error.message, error.status, error.win32]).toEqual([
      'SystemCallError',
      'STATUS_DISK_FULL: C:',
      0xc000007f,
      112,
    ]);
    expect([isSystemCallError(error), isSystemCallError(win32Error(5)), isSystemCallError(new Error('bug'))]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
