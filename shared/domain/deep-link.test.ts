import { describe, expect, it } from 'vitest';
import { wordLinkRefusal } from '../wording/window-link.ts';
import { parseDeepLink } from './deep-link.ts';
import { SCREENS } from './screen.ts';
import { SETTINGS_SECTIONS } from './settings-section.ts';

describe('a link from outside', () => {
  it.each(SCREENS.map(screen => [screen]))('opens the screen %s', screen => {
    expect(parseDeepLink(`siloscope://open?screen=${screen}`)).toEqual({ ok: true, link: { kind: 'open', screen } });
  });

  it.each(SETTINGS_SECTIONS.map(section => [section]))('opens the settings at %s', section => {
    expect(parseDeepLink(`siloscope://open?screen=settings&section=${section}`)).toEqual({
      ok: true,
      link: { kind: 'open', screen: 'settings', section },
    });
  });

  it.each([
    ['a profile', 'siloscope://launch?profile=memfs-disk', { profile: 'memfs-disk' }],
    ['a slash of the browser behind the act', 'siloscope://launch/?profile=memfs-disk', { profile: 'memfs-disk' }],
    ['capitals in scheme and act', 'SILOSCOPE://LAUNCH?profile=memfs-disk', { profile: 'memfs-disk' }],
    [
      'a mount point and a prefix',
      'siloscope://launch?profile=memfs-network&mount=Y:&prefix=%5Cmemfs%5Cshare',
      { profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\memfs\\share' },
    ],
  ])('fills in a launch: %s', (_, text, wish) => {
    expect(parseDeepLink(text)).toEqual({ ok: true, link: { kind: 'launch', ...wish } });
  });

  it.each([
    ['a link without end', `siloscope://open?screen=${'x'.repeat(2_000)}`, 'too-long'],
    ['another scheme', 'https://open?screen=visibility', 'not-a-link'],
    ['no authority', 'siloscope:open?screen=visibility', 'not-a-link'],
    ['text', 'visibility', 'not-a-link'],
    ['a user and a password', 'siloscope://me:secret@open?screen=visibility', 'not-a-link'],
    ['a port', 'siloscope://open:80?screen=visibility', 'not-a-link'],
    ['a fragment', 'siloscope://open?screen=visibility#launch', 'not-a-link'],
    ['an act that no link has', 'siloscope://run?profile=memfs-disk', 'unknown-act'],
    ['a path', 'siloscope://open/visibility', 'unknown-act'],
    ['a command', 'siloscope://launch?profile=memfs-disk&command=cmd.exe', 'unknown-parameter'],
    ['an image', 'siloscope://launch?profile=memfs-disk&image=evil%2Fimage', 'unknown-parameter'],
    ["another act's parameter", 'siloscope://open?screen=launch&profile=memfs-disk', 'unknown-parameter'],
    ['one thing twice', 'siloscope://launch?profile=memfs-disk&profile=memfs-network', 'repeated-parameter'],
    ['no screen', 'siloscope://open', 'no-screen'],
    ['a screen that is none', 'siloscope://open?screen=..%2F..%2Fetc', 'no-screen'],
    ['a name of every object', 'siloscope://open?screen=constructor', 'no-screen'],
    ['a section that is none', 'siloscope://open?screen=settings&section=toString', 'no-section'],
    ['a section of another screen', 'siloscope://open?screen=launch&section=policy', 'no-section'],
    ['no profile', 'siloscope://launch?mount=Y:', 'no-profile'],
    ['a profile with a switch in it', 'siloscope://launch?profile=--privileged', 'no-profile'],
    ['a profile with blanks', 'siloscope://launch?profile=memfs%20disk', 'no-profile'],
    ['a profile without end', `siloscope://launch?profile=${'m'.repeat(65)}`, 'no-profile'],
    ['a directory', 'siloscope://launch?profile=memfs-disk&mount=C:%5CWindows', 'bad-mount-point'],
    ['any letter', 'siloscope://launch?profile=memfs-disk&mount=*', 'bad-mount-point'],
    ['an empty mount point', 'siloscope://launch?profile=memfs-disk&mount=', 'bad-mount-point'],
    [
      'a prefix with two backslashes',
      'siloscope://launch?profile=memfs-network&prefix=%5C%5Cserver%5Cshare',
      'bad-unc-prefix',
    ],
    ['a prefix with a line break', 'siloscope://launch?profile=memfs-network&prefix=%5Ca%0A%5Cb', 'bad-unc-prefix'],
  ] as const)('is refused whole: %s', (_, text, because) => {
    expect(parseDeepLink(text)).toEqual({ ok: false, because });
    expect(wordLinkRefusal(because)).toMatch(/Nothing was done\.$/);
  });
});
