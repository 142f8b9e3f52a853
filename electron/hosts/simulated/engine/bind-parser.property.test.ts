import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PathKind, parseBind } from './bind-parser.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const anyDirectory: PathKind = async () => 'directory';
const segment = fc.stringMatching(/^[A-Za-z0-9 _.-]{0,8}[A-Za-z0-9]$/);
const letter = fc.constantFrom('d', 'E', 'z');
const slash = fc.constantFrom('\\', '/');
const path = fc
  .tuple(letter, slash, fc.array(segment, { minLength: 1, maxLength: 4 }))
  .map(([drive, by, parts]) => `${drive}:${by}${parts.join(by)}`);
const mode = fc.constantFrom('', ':ro', ':RW', ':Ro');

describe('a bind between directories', () => {
  it('comes back lower-cased, with backslashes and its mode', async () => {
    await fc.assert(
      fc.asyncProperty(path, path, mode, async (source, destination, how) => {
        const plain = (text: string): string => text.toLowerCase().replaceAll('/', '\\');
        expect(await parseBind(`${source}:${destination}${how}`, anyDirectory)).toEqual({
          type: 'bind',
          source: plain(source),
          destination: plain(destination),
          readOnly: how.toLowerCase() === ':ro',
          name: undefined,
        });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('any text after -v', () => {
  it('is understood or refused with a status, never anything else', async () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[a-dA-D:\\/. ]{0,20}(:ro|:z|)$/));
    await fc.assert(
      fc.asyncProperty(texts, async text => {
        const outcome = await parseBind(text, anyDirectory).then(
          mount => mount.type,
          (error: { status: number }) => error.status,
        );
        expect(['bind', 'volume', 'npipe', 500]).toContain(outcome);
      }),
      { numRuns: RUNS },
    );
  });
});
