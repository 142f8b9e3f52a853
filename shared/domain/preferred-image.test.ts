import { describe, expect, it } from 'vitest';
import { checkWords } from '../wording/check-words.ts';
import { imageRows } from './base-image.ts';
import { preferredImage } from './preferred-image.ts';

const HOST = { build: 26100, productType: 'server' } as const;
const AT = '2026-11-22T00:00:00Z';
const BASE = { reference: 'mcr.microsoft.com/windows/servercore:ltsc2025', id: 'a', osVersion: '10.0.26100.4652' };
const BUILT = { reference: 'siloscope/rclone:1.68.2', id: 'b', osVersion: '10.0.26100.4652' };
const OLD = { reference: 'mcr.microsoft.com/windows/servercore:ltsc2016', id: 'c', osVersion: '10.0.14393.1' };

describe('the image that a launch takes when none is named', () => {
  it.each([
    ['a base image that is here, whatever was built on it', [BUILT, BASE], BASE.reference],
    ['what was built on one, where no base image is here', [BUILT], BUILT.reference],
    ['one to pull, where what is here cannot run', [OLD], 'mcr.microsoft.com/windows/servercore:ltsc2025'],
  ])('is %s', (_, local, reference) => {
    expect(preferredImage(imageRows(local, HOST, AT))?.reference).toBe(reference);
  });

  it('is called a base image only where it is one', () => {
    const found = (local: readonly (typeof BASE)[]): string =>
      checkWords.image(preferredImage(imageRows(local, HOST, AT))).found;
    expect(found([BUILT, BASE])).toBe(`${BASE.reference} is here and runs on this host.`);
    expect(found([BUILT])).toMatch(/^No base image is here; siloscope\/rclone:1\.68\.2, which is built on one, is, /);
  });
});
