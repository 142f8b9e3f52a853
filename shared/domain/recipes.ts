import type { ImageRecipe } from './image-recipe.ts';

/**
 * Recipes of the programs that the built-in profiles launch. They take the program from the host, so nothing is
 * downloaded. WinFsp's DLL is found at launch: its directory is bound in, and on the profile's PATH.
 */
function taking(
  name: string,
  directory: string,
  files: ImageRecipe['files'],
  { copied = files.map(({ from, name: own }) => own ?? lastOf(from)), remark = [] }: Taking = {},
): ImageRecipe {
  return {
    name: `siloscope/${name}`,
    dockerfile: [
      '# escape=`',
      '# The base is chosen for the build of the host.',
      'ARG BASE',
      'FROM $BASE',
      `LABEL dev.siloscope.recipe="${name}"`,
      ...remark.map(line => `# ${line}`),
      `COPY ${JSON.stringify([...copied, `${directory}/`]).replaceAll(',', ', ')}`,
      '',
    ].join('\n'),
    files: [...files],
  };
}

interface Taking {
  /** What COPY names, where that is not each file: what may be missing needs a pattern. */
  readonly copied?: readonly string[];
  readonly remark?: readonly string[];
}

const lastOf = (path: string): string => path.split('\\').at(-1) ?? path;

/** WinFsp's DLL, and the file beside it that names its instance. */
const WINFSP_DLL: ImageRecipe['files'] = [
  { from: '{winfsp}\\bin\\winfsp-x64.dll' },
  { from: '{winfsp}\\bin\\winfsp-x64.sxs', optional: true },
];

/** memfs with the DLL that it loads, at the place where WinFsp's installer puts them. */
export const MEMFS_RECIPE: ImageRecipe = taking(
  'memfs',
  'C:/Program Files (x86)/WinFsp/bin',
  [{ from: '{winfsp}\\bin\\memfs-x64.exe' }, ...WINFSP_DLL],
  { copied: ['memfs-x64.exe', 'winfsp-x64.*'] },
);

export const RCLONE_RECIPE = taking('rclone', 'C:/rclone', [{ from: 'C:\\rclone\\rclone.exe' }]);

export const JUICEFS_RECIPE = taking('juicefs', 'C:/juicefs', [{ from: 'C:\\juicefs\\juicefs.exe' }]);

export const HUBFS_RECIPE = taking('hubfs', 'C:/hubfs', [
  { from: 'C:\\Program Files\\hubfs\\bin\\hubfs.exe', name: 'hubfs.exe' },
]);

const SSHFS_FILES = ['sshfs-win.exe', 'sshfs.exe', 'ssh.exe', 'cyg*.dll'];

/**
 * With the DLL in its own folder: sshfs-win gives sshfs a path of its own, on which WinFsp's directory is not. Ground:
 * sshfs-win sshfs-win.c (sshfs_environ), winfsp opt/cygfuse/cygfuse.c.
 */
export const SSHFS_WIN_RECIPE = taking(
  'sshfs-win',
  'C:/sshfs-win/bin',
  [...SSHFS_FILES.map(file => ({ from: `C:\\Program Files\\SSHFS-Win\\bin\\${file}` })), ...WINFSP_DLL],
  { copied: [...SSHFS_FILES, 'winfsp-x64.*'], remark: ['Its Cygwin runtime is untested in containers.'] },
);
