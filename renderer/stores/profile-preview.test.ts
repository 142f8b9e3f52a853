import { describe, expect, it } from 'vitest';
import { readProfileText } from '../../shared/domain/profile-file.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import { NEW_PROFILE, previewProfile, profileText } from './profile-preview.ts';

describe('the preview of a profile', () => {
  it.each(BUILT_IN_PROFILES)('of $name contradicts nothing', profile => {
    expect(previewProfile(profile)).toMatchObject({ contradicts: false, recognised: { kind: profile.kind } });
  });

  it('says what the command line would be, and hides what is secret', () => {
    const hubfs = BUILT_IN_PROFILES.find(({ name }) => name === 'hubfs-disk');
    if (hubfs === undefined) throw new Error('there is no hubfs-disk');
    expect(previewProfile(hubfs).commandLine).toBe(
      'C:\\hubfs\\hubfs.exe -auth none -auth token=******** github.com Z:',
    );
  });

  it('says when the command makes another kind of volume than the profile promises', () => {
    const command = [...NEW_PROFILE.command, '-u', '\\a\\b'];
    expect(previewProfile({ ...NEW_PROFILE, command })).toMatchObject({ contradicts: true });
  });

  it('begins with what can be saved', () => {
    expect(readProfileText(profileText(NEW_PROFILE))).toEqual({ profiles: [NEW_PROFILE] });
  });
});
