/** A search path as the registry holds it; `expands` where its `%variables%` are meant. */
export interface KeptPath {
  readonly text: string;
  readonly expands: boolean;
}

/** The search path of one user, or of the machine. */
export interface PathRegistry {
  /** Undefined where none is kept yet. */
  read(): KeptPath | undefined;
  write(path: KeptPath): void;
  /** Tells programs that run (Explorer above all) to read it anew. */
  announce(): void;
}

export type PathScope = 'user' | 'machine';

/** Handles of the registry are 32-bit numbers with their sign. */
const HKEY_CURRENT_USER = 0xffffffff80000001n;
const HKEY_LOCAL_MACHINE = 0xffffffff80000002n;
const PLACES = {
  user: { root: HKEY_CURRENT_USER, key: 'Environment' },
  machine: { root: HKEY_LOCAL_MACHINE, key: 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment' },
} as const;

const KEY_READ_AND_WRITE = 0x0002_001b;
const REG_SZ = 1;
const REG_EXPAND_SZ = 2;
const ERROR_FILE_NOT_FOUND = 2;
const HWND_BROADCAST = 0xffff;
const WM_SETTINGCHANGE = 0x1a;
const SMTO_ABORTIFHUNG = 2;
const ANNOUNCE_MS = 2_000;

/**
 * Opens it through the registry's own calls. Not through reg.exe or an installer's script: the one answers in a code page
 * that loses letters, the other cuts a path at a thousand or eight thousand characters.
 * Fails with what Windows said as a number.
 */
export async function openPathRegistry(scope: PathScope): Promise<PathRegistry> {
  const { default: koffi } = await import('koffi');
  const advapi32 = koffi.load('advapi32.dll');
  const user32 = koffi.load('user32.dll');
  const openKey: (root: bigint, key: string, options: number, access: number, opened: Buffer) => number = advapi32.func(
    'int32_t __stdcall RegOpenKeyExW(uintptr_t root, const char16_t *key, uint32_t options, uint32_t access, void *opened)',
  );
  const closeKey: (key: bigint) => number = advapi32.func('int32_t __stdcall RegCloseKey(uintptr_t key)');
  const queryValue: (
    key: bigint,
    name: string,
    reserved: null,
    type: Buffer,
    data: Buffer | null,
    bytes: Buffer,
  ) => number = advapi32.func(
    'int32_t __stdcall RegQueryValueExW(uintptr_t key, const char16_t *name, void *reserved, void *type, void *data, void *bytes)',
  );
  const setValue: (key: bigint, name: string, reserved: number, type: number, data: Buffer, bytes: number) => number =
    advapi32.func(
      'int32_t __stdcall RegSetValueExW(uintptr_t key, const char16_t *name, uint32_t reserved, uint32_t type, void *data, uint32_t bytes)',
    );
  const sendMessage: (
    window: number,
    message: number,
    wParam: number,
    lParam: string,
    flags: number,
    timeout: number,
    result: null,
  ) => bigint = user32.func(
    'intptr_t __stdcall SendMessageTimeoutW(uintptr_t window, uint32_t message, uintptr_t wParam, const char16_t *lParam, uint32_t flags, uint32_t timeout, void *result)',
  );
  const { root, key } = PLACES[scope];
  const withKey = <T>(use: (handle: bigint) => T): T => {
    const opened = Buffer.alloc(8);
    expectDone('open', openKey(root, key, 0, KEY_READ_AND_WRITE, opened));
    const handle = opened.readBigUInt64LE();
    try {
      return use(handle);
    } finally {
      closeKey(handle);
    }
  };
  return {
    read: () =>
      withKey(handle => {
        const [type, bytes] = [Buffer.alloc(4), Buffer.alloc(4)];
        const found = queryValue(handle, 'Path', null, type, null, bytes);
        if (found === ERROR_FILE_NOT_FOUND) return undefined;
        expectDone('measure', found);
        const data = Buffer.alloc(bytes.readUInt32LE());
        expectDone('read', queryValue(handle, 'Path', null, type, data, bytes));
        const text = data.subarray(0, bytes.readUInt32LE()).toString('utf16le').replace(/\0+$/, '');
        return { text, expands: type.readUInt32LE() !== REG_SZ };
      }),
    write: ({ text, expands }) => {
      const data = Buffer.from(`${text}\0`, 'utf16le');
      const type = expands ? REG_EXPAND_SZ : REG_SZ;
      withKey(handle => expectDone('write', setValue(handle, 'Path', 0, type, data, data.length)));
    },
    announce: () => {
      sendMessage(HWND_BROADCAST, WM_SETTINGCHANGE, 0, 'Environment', SMTO_ABORTIFHUNG, ANNOUNCE_MS, null);
    },
  };
}

function expectDone(what: 'open' | 'measure' | 'read' | 'write', code: number): void {
  if (code !== 0) throw new Error(`the search path in the registry: Windows answers ${code} to "${what}"`);
}
