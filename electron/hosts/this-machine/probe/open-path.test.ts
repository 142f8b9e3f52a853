import { describe, expect, it } from 'vitest';
import { GONE, NT_STATUS } from '../../nt-status.ts';
import type { FileCalls } from '../nt/file-calls.ts';
import { openPath } from './open-path.ts';

const HANDLE = 4;

/** A file that opens, and is asked whose it is; `closed` counts. */
function file(asked: number, levels: readonly string[] = ['anonymous', 'identification']) {
  const seen = { closed: 0, levels: [] as string[] };
  const files: FileCalls = {
    open: (_path, { level }) => {
      seen.levels.push(level);
      const status = levels.includes(level) ? NT_STATUS.SUCCESS : NT_STATUS.BAD_IMPERSONATION_LEVEL;
      return { status, handle: HANDLE };
    },
    queryWinFsp: () => ({ status: asked }),
    attributes: () => ({ status: NT_STATUS.SUCCESS, directory: false }),
    read: (_handle, buffer) => ({ status: NT_STATUS.SUCCESS, length: buffer.write('hello') }),
    close: () => {
      seen.closed++;
    },
  };
  return { files, seen };
}

describe('a path that opens', () => {
  it.each([
    [NT_STATUS.SUCCESS, true],
    [NT_STATUS.INVALID_DEVICE_REQUEST, false],
    [NT_STATUS.INVALID_PARAMETER, false],
    [NT_STATUS.NOT_SUPPORTED, false],
  ])("is WinFsp's by what it answers to WinFsp's own question: %i is %s", (asked, winfsp) => {
    const { files, seen } = file(asked);
    expect(openPath(files, 'Z:\\', 0)).toEqual({ winfsp, directory: false });
    expect(openPath(files, 'Z:\\file', 3)).toEqual({ winfsp, directory: false, content: Buffer.from('hel') });
    expect(seen.closed).toBe(2);
  });

  it.each(GONE)('and is gone before it could say whose it is, is not said to be another’s: %i', asked => {
    const { files, seen } = file(asked);
    expect(openPath(files, 'Z:\\', 0)).toEqual({ status: asked });
    expect(seen.closed).toBe(1);
  });

  it('is asked as one who may be known only where nobody may ask', () => {
    const { files, seen } = file(NT_STATUS.SUCCESS, ['identification']);
    expect(openPath(files, 'Z:\\', 0)).toEqual({ winfsp: true, directory: false });
    expect([seen.levels, seen.closed]).toEqual([['anonymous', 'identification'], 1]);
  });
});
