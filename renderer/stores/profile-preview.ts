import { composeCmdLine } from '../../shared/domain/cmd-line.ts';
import { type FileSystemCommand, recogniseFileSystem } from '../../shared/domain/file-system-command.ts';
import { fillEnvironment, fillProfile } from '../../shared/domain/fill-profile.ts';
import type { Profile } from '../../shared/domain/profile.ts';

/** What a profile would run, every secret given, none of their values known. */
export interface ProfilePreview {
  readonly commandLine: string;
  readonly environment: readonly string[];
  readonly recognised: FileSystemCommand | undefined;
  /** The command makes another kind of volume than the profile says. */
  readonly contradicts: boolean;
}

/** Where WinFsp is, as far as a preview is concerned. */
const WINFSP = 'C:\\Program Files (x86)\\WinFsp';

export function previewProfile(profile: Profile, winfsp = WINFSP): ProfilePreview {
  const filling = { winfsp, given: new Set((profile.secrets ?? []).map(({ name }) => name)) };
  const command = fillProfile(profile, filling);
  const recognised = recogniseFileSystem(command);
  return {
    commandLine: composeCmdLine(command),
    environment: Object.entries(fillEnvironment(profile, filling)).map(([name, value]) => `${name}=${value}`),
    recognised,
    contradicts: recognised !== undefined && recognised.kind !== profile.kind,
  };
}

/** Where a profile of one's own begins: something that can be launched, to be changed. */
export const NEW_PROFILE: Profile = {
  name: 'my-file-system',
  title: 'My file system',
  description: 'What it shows.',
  command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-F', 'NTFS', '-m', '{mountPoint}'],
  kind: 'disk',
  defaults: { mountPoint: 'Z:' },
};

/** A profile as its text in the editor. */
export function profileText(profile: Profile): string {
  return `${JSON.stringify(profile, undefined, 2)}\n`;
}
