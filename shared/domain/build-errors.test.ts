import { describe, expect, it } from 'vitest';
import { decode } from './error-decoder.ts';

describe('what the builder says is explained', () => {
  it.each([
    [
      'COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist',
      /not sent/,
    ],
    ['COPY failed: no source files were specified', /not sent/],
    ['COPY failed: forbidden path outside the build context: ../x ()', /only what was sent/],
    ['dockerfile parse error on line 2: unknown instruction: FOO', /not written as/],
    ['the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/', /classic builder/],
    ['Windows does not support FROM scratch', /base images/],
    ['base name ($X) should not be blank', /no value/],
    ['When using COPY with more than one source file, the destination must be a directory and end with a /', /slash/],
    ["'foo' is not recognized as an internal or external command,", /no such program/],
    ['conflict: unable to delete 1 (must be forced) - image is being used by stopped container 2', /container/],
    ['conflict: unable to delete 1 (cannot be forced) - image has dependent child images', /built upon/],
    ['invalid reference format: repository name must be lowercase', /how an image is named/],
  ])('%s', (text, cause) => {
    expect(decode(text)?.cause).toMatch(cause);
  });
});
