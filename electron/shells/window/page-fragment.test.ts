import { describe, expect, it } from 'vitest';
import { launchFragment, screenFragment } from './page-fragment.ts';

describe('a launch that a link asked for', () => {
  it('becomes a fragment that says who asked, and reads back as what it was', () => {
    const fragment = launchFragment({ profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\a&b\\c d' }, 'link');
    expect(fragment.startsWith('#/launch?')).toBe(true);
    expect(Object.fromEntries(new URLSearchParams(fragment.slice('#/launch?'.length)))).toEqual({
      profile: 'memfs-network',
      mount: 'Y:',
      prefix: '\\a&b\\c d',
      from: 'link',
    });
  });
});

describe('a screen that is linked to', () => {
  it.each([
    [screenFragment('visibility'), '#/visibility'],
    [screenFragment('settings', 'policy'), '#/settings?section=policy'],
  ])('is the fragment %s', (fragment, expected) => {
    expect(fragment).toBe(expected);
  });
});
