import { describe, expect, it } from 'vitest';
import { wordExitCode, wordExited, wordRefusalOf } from './word-exit.ts';

describe('how a container ended', () => {
  it.each([
    ['Exited (3221225781) 3 minutes ago', /DLL/],
    ['Exited (-1073741515) 3 minutes ago', /DLL/],
    ['Exited (0) 3 minutes ago', undefined],
    ['Exited (1) 3 minutes ago', undefined],
    ['Up 3 minutes', undefined],
  ])('%s', (status, expected) => {
    const said = wordExited(status);
    if (expected === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(expected);
  });

  it('is explained with the next step', () => {
    expect(wordExitCode(0xc000_0135)?.split('. ').length).toBeGreaterThan(1);
  });
});

describe("a tool's own sentence", () => {
  it('comes with what is known of it, and whole', () => {
    const raw = 'conflict: unable to delete 12 (must be forced) - image is being used by stopped container 34';
    expect(wordRefusalOf(raw)).toBe(
      `A container, perhaps a stopped one, was made of this image. Remove the container first: \`siloscope list --all\`, \`docker rm NAME\`. (${raw})`,
    );
    expect(wordRefusalOf('nobody knows this')).toBe('nobody knows this');
  });
});
