import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { wordRefusal } from './word-refusal.ts';

const said = (code: string): Error => Object.assign(new Error(`${code}: as the system says`), { code });

describe('why nothing could be kept', () => {
  it.each([
    [said('ENOTDIR'), '/kept is a file, and no folder can be in its place'],
    [said('ELOOP'), '/kept is a link that leads in a circle'],
    [said('EROFS'), '/kept is on a disk that is read-only'],
    [said('EACCES'), 'EACCES: as the system says'],
    [said('ENOSPC'), 'ENOSPC: as the system says'],
    [said('EIO'), 'EIO: as the system says'],
    ['a text', 'a text'],
    [
      new FaultError({ code: 'place-unusable', path: '/kept/a', at: '/kept', because: 'dead-link', raw: 'x' }),
      '/kept is a link that leads nowhere',
    ],
    [new FaultError({ code: 'access-denied', what: '/kept', raw: 'EPERM: no' }), 'EPERM: no'],
  ])('is told in plain words, or else as it came: %s', (caught, words) => {
    expect(wordRefusal(caught, '/kept')).toBe(words);
  });
});
