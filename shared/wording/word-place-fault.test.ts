import { describe, expect, it } from 'vitest';
import { PlaceRefusal } from '../contract/fault-schema.ts';
import { wordFault } from './word-fault.ts';

const place = { code: 'place-unusable', path: '/home/kept/logs', at: '/home/kept', raw: '' } as const;

describe('a place where nothing can be kept', () => {
  it.each(PlaceRefusal.options)(
    'is named with what is in the way, a step of its own and another way out: %s',
    because => {
      const { title, cause, next, raw } = wordFault({ ...place, because });
      expect(title).toContain(because === 'a-folder' ? '/home/kept cannot be used' : 'in /home/kept/logs.');
      expect(cause).toMatch(/^\/home\/kept is .+\.$/);
      expect(next).toMatch(/^Choose another folder: .+SILOSCOPE_HOME says\. Or [a-z].+\.$/);
      expect([raw, /administrator|the right to/.test(next)]).toEqual([undefined, false]);
    },
  );

  it('of known hosts is said to be named by the configuration of SSH', () => {
    expect(wordFault({ ...place, because: 'not-a-folder', of: 'known-hosts' }).next).toBe(
      'Move that file away, or name another file for known hosts: UserKnownHostsFile in your SSH configuration.',
    );
  });

  it('is told with rights only where a right is what is missing', () => {
    const denied = { code: 'access-denied', what: '/root/kept', raw: 'EACCES: permission denied' } as const;
    expect(wordFault({ ...denied, kept: true }).next).toBe(
      'Ask for the right to it, or choose another folder: Siloscope keeps its own where the variable SILOSCOPE_HOME says.',
    );
    expect(wordFault(denied).next).toContain('administrator');
  });

  it('that is full is not emptied of images', () => {
    const full = { code: 'disk-full', path: '/kept', raw: 'ENOSPC' } as const;
    expect(wordFault({ ...full, kept: true })).toMatchObject({ next: expect.stringMatching(/^Make room there/) });
    expect(wordFault({ ...full, kept: true }).command).toBeUndefined();
    expect(wordFault(full).command).toBe('docker system prune');
  });
});
