import { splitCommandLine } from './command-line.ts';
import { type FileSystemCommand, recogniseFileSystem } from './file-system-command.ts';
import { parseRegQuery } from './parse-reg-query.ts';

/**
 * A file system that WinFsp's Launcher starts for whoever asks for a UNC name of its class, as `net use` does.
 * Ground: winfsp inc/winfsp/launch.h, src/dll/np.c.
 */
export interface LauncherService {
  /** The class of UNC names that it answers for, as written. */
  readonly name: string;
  readonly executable: string;
  readonly program: FileSystemCommand['program'];
}

/** The Launcher's services by class in lower case, out of `reg.exe query ...\\WinFsp /s`. Total. */
export function parseLauncherServices(text: string): ReadonlyMap<string, LauncherService> {
  const values = new Map<string, { readonly name: string; executable?: string; commandLine?: string }>();
  for (const { key, name, data } of parseRegQuery(text)) {
    const service = /\\WinFsp\\Services\\([^\\]+)$/i.exec(key)?.[1];
    if (service === undefined) continue;
    const known = values.get(service.toLowerCase()) ?? { name: service };
    values.set(service.toLowerCase(), known);
    if (/^Executable$/i.test(name)) known.executable = data;
    if (/^CommandLine$/i.test(name)) known.commandLine = data;
  }
  return new Map(
    [...values].flatMap(([key, { name, executable, commandLine = '' }]) =>
      executable === undefined
        ? []
        : [[key, { name, executable, program: programOf(executable, commandLine) }] as const],
    ),
  );
}

/** By its command line with its holes: `svc %1 %2`. Whatever is registered there is a WinFsp program at least. */
function programOf(executable: string, commandLine: string): FileSystemCommand['program'] {
  return (
    recogniseFileSystem([executable, ...splitCommandLine(`x ${commandLine}`).slice(1)])?.program ?? 'winfsp-native'
  );
}
