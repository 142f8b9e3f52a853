import { expect, it } from 'vitest';
import { filesLike } from './read-host-files.ts';

it.each([['größe.dll'], ['名前.dll'], ['🦀 x.dll'], ['plain.dll']])(
  'a name of a file on the host comes through any code page: %s',
  async name => {
    const said: string[] = [];
    const run = async (argv: readonly string[]) => {
      // As a console of code page 437 passes it on, which has none of these letters.
      const stdout = `${Buffer.from(name, 'utf16le').toString('base64')}\r\n`.replace(/[^\0-\u007f]/g, '?');
      said.push(argv.at(-1) ?? '');
      return { argv, exitCode: 0, stdout, stderr: '', elapsedMs: 1 };
    };
    expect(await filesLike({ run }, "C:\\it's\\*.dll")).toEqual([name]);
    expect(said).toEqual([expect.stringContaining("-Path 'C:\\it''s\\*.dll' -File")]);
  },
);
