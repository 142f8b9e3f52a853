import { windowMenuWords } from '../../../shared/wording/window-menu.ts';

/** A task of the jump list, as Windows starts it. */
export interface JumpTask {
  readonly type: 'task';
  readonly program: string;
  readonly args: string;
  readonly title: string;
  readonly description: string;
  readonly iconPath: string;
  readonly iconIndex: number;
}

export interface JumpCategory {
  readonly type: 'custom';
  readonly name: string;
  readonly items: JumpTask[];
}

export interface JumpStart {
  readonly program: string;
  /** What stands before our own arguments: the app's folder, when Electron is started from source. */
  readonly before: string;
}

/** The jump list for these profiles, newest first; null takes it away. A task fills in the launch screen, no more. */
export function jumpList(profiles: readonly string[], { program, before }: JumpStart): JumpCategory[] | null {
  if (profiles.length === 0) return null;
  const { recent, launch } = windowMenuWords.jumpList;
  const items = profiles.map(
    (profile): JumpTask => ({
      type: 'task',
      program,
      args: `${before}--profile=${profile}`,
      title: profile,
      description: launch(profile),
      iconPath: program,
      iconIndex: 0,
    }),
  );
  return [{ type: 'custom', name: recent, items }];
}

/** The profiles after one more launch: newest first, each once, eight at most. */
export function withRecent(profiles: readonly string[], profile: string): string[] {
  return [profile, ...profiles.filter(known => known !== profile)].slice(0, 8);
}
