/** Environment variables: names are found whatever their case, and kept as first given. */
export class Environment extends Map<string, string> {
  readonly #names = new Map<string, string>();

  /** Later layers win. */
  static of(...layers: Readonly<Record<string, string>>[]): Environment {
    const made = new Environment();
    for (const layer of layers) for (const [name, value] of Object.entries(layer)) made.set(name, value);
    return made;
  }

  override get(name: string): string | undefined {
    const known = this.#names.get(name.toUpperCase());
    return known === undefined ? undefined : super.get(known);
  }

  override has(name: string): boolean {
    return this.#names.has(name.toUpperCase());
  }

  override set(name: string, value: string): this {
    const folded = name.toUpperCase();
    const known = this.#names.get(folded) ?? name;
    this.#names.set(folded, known);
    return super.set(known, value);
  }

  override delete(name: string): boolean {
    const folded = name.toUpperCase();
    const known = this.#names.get(folded);
    this.#names.delete(folded);
    return known !== undefined && super.delete(known);
  }
}

const SYSTEM_PATH =
  'C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\;C:\\Windows\\System32\\OpenSSH\\';

/** What every session starts with. */
export function defaultEnvironment(machineName: string, user: string, profile: string): Record<string, string> {
  return {
    ALLUSERSPROFILE: 'C:\\ProgramData',
    APPDATA: `${profile}\\AppData\\Roaming`,
    CommonProgramFiles: 'C:\\Program Files\\Common Files',
    'CommonProgramFiles(x86)': 'C:\\Program Files (x86)\\Common Files',
    COMPUTERNAME: machineName,
    ComSpec: 'C:\\Windows\\system32\\cmd.exe',
    LOCALAPPDATA: `${profile}\\AppData\\Local`,
    OS: 'Windows_NT',
    Path: SYSTEM_PATH,
    PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC',
    PROCESSOR_ARCHITECTURE: 'AMD64',
    ProgramData: 'C:\\ProgramData',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    PUBLIC: 'C:\\Users\\Public',
    SystemDrive: 'C:',
    SystemRoot: 'C:\\Windows',
    TEMP: `${profile}\\AppData\\Local\\Temp`,
    TMP: `${profile}\\AppData\\Local\\Temp`,
    USERDOMAIN: user.includes('\\') ? (user.split('\\')[0] ?? '') : machineName,
    USERNAME: user.split('\\').at(-1) ?? user,
    USERPROFILE: profile,
    windir: 'C:\\Windows',
  };
}
