import { describe, expect, it } from 'vitest';
import { userFolder } from './user-folder.ts';

describe("the folder of a user's settings", () => {
  it.each<[string, Record<string, string>, string, string]>([
    [
      'win32',
      { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' },
      'C:\\Users\\me',
      'C:\\Users\\me\\AppData\\Roaming\\Siloscope',
    ],
    ['win32', {}, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Roaming\\Siloscope'],
    ['linux', {}, '/home/me', '/home/me/.config/siloscope'],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/me', '/cfg/siloscope'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/me', '/home/me/.config/siloscope'],
    ['darwin', {}, '/Users/me', '/Users/me/.config/siloscope'],
    ['linux', { SILOSCOPE_HOME: '/elsewhere', XDG_CONFIG_HOME: '/cfg' }, '/home/me', '/elsewhere'],
    ['win32', { SILOSCOPE_HOME: 'D:\\kept', APPDATA: 'C:\\x' }, 'C:\\Users\\me', 'D:\\kept'],
  ])('on %s with %o of %s is %s', (platform, env, home, expected) => {
    expect(userFolder({ env, platform, home })).toBe(expected);
  });
});
