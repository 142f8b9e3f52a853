import koffi, { type TypeObject } from 'koffi';
import { describe, expect, it } from 'vitest';
import { UNICODE_STRING_BYTES } from '../../unicode-string.ts';
import { LAYOUTS } from './layouts.ts';
import { objectNames } from './object-name.ts';
import { DIRECTORY_ENTRY_BYTES } from './parse-directory-entries.ts';

const [u8, u16, u32, i32, i64, pointer] = ['uint8_t', 'uint16_t', 'uint32_t', 'int32_t', 'int64_t', 'void *'] as const;
const SIZE_T = 'uintptr_t';

type Member = string | TypeObject;

/** A structure of members in the order of Microsoft's page on it, laid out by the compiler's rules of 64-bit Windows. */
const structure = (members: Readonly<Record<string, Member>>): TypeObject => koffi.struct({ ...members });

const UNICODE_STRING = structure({ Length: u16, MaximumLength: u16, Buffer: pointer });
const LUID = structure({ LowPart: u32, HighPart: i32 });
const FILETIME = structure({ dwLowDateTime: u32, dwHighDateTime: u32 });
const BASIC_LIMIT_INFORMATION = structure({
  PerProcessUserTimeLimit: i64,
  PerJobUserTimeLimit: i64,
  LimitFlags: u32,
  MinimumWorkingSetSize: SIZE_T,
  MaximumWorkingSetSize: SIZE_T,
  ActiveProcessLimit: u32,
  Affinity: SIZE_T,
  PriorityClass: u32,
  SchedulingClass: u32,
});
const IO_COUNTERS = structure({
  ReadOperationCount: i64,
  WriteOperationCount: i64,
  OtherOperationCount: i64,
  ReadTransferCount: i64,
  WriteTransferCount: i64,
  OtherTransferCount: i64,
});

const DOCUMENTED: Readonly<Record<keyof typeof LAYOUTS, TypeObject>> = {
  OBJECT_ATTRIBUTES: structure({
    Length: u32,
    RootDirectory: pointer,
    ObjectName: pointer,
    Attributes: u32,
    SecurityDescriptor: pointer,
    SecurityQualityOfService: pointer,
  }),
  // Its first member is a union of an NTSTATUS and a pointer.
  IO_STATUS_BLOCK: structure({ Status: pointer, Information: SIZE_T }),
  CLIENT_ID: structure({ UniqueProcess: pointer, UniqueThread: pointer }),
  BY_HANDLE_FILE_INFORMATION: structure({
    dwFileAttributes: u32,
    ftCreationTime: FILETIME,
    ftLastAccessTime: FILETIME,
    ftLastWriteTime: FILETIME,
    dwVolumeSerialNumber: u32,
    nFileSizeHigh: u32,
    nFileSizeLow: u32,
    nNumberOfLinks: u32,
    nFileIndexHigh: u32,
    nFileIndexLow: u32,
  }),
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION: structure({
    BasicLimitInformation: BASIC_LIMIT_INFORMATION,
    IoInfo: IO_COUNTERS,
    ProcessMemoryLimit: SIZE_T,
    JobMemoryLimit: SIZE_T,
    PeakProcessMemoryUsed: SIZE_T,
    PeakJobMemoryUsed: SIZE_T,
  }),
  DATA_BLOB: structure({ cbData: u32, pbData: pointer }),
  TOKEN_STATISTICS: structure({
    TokenId: LUID,
    AuthenticationId: LUID,
    ExpirationTime: i64,
    TokenType: i32,
    ImpersonationLevel: i32,
    DynamicCharged: u32,
    DynamicAvailable: u32,
    GroupCount: u32,
    PrivilegeCount: u32,
    ModifiedId: LUID,
  }),
  TOKEN_LINKED_TOKEN: structure({ LinkedToken: pointer }),
  TOKEN_ELEVATION: structure({ TokenIsElevated: u32 }),
  SHELLEXECUTEINFOW: structure({
    cbSize: u32,
    fMask: u32,
    hwnd: pointer,
    lpVerb: pointer,
    lpFile: pointer,
    lpParameters: pointer,
    lpDirectory: pointer,
    nShow: i32,
    hInstApp: pointer,
    lpIDList: pointer,
    lpClass: pointer,
    hkeyClass: pointer,
    dwHotKey: u32,
    hIcon: pointer,
    hProcess: pointer,
  }),
};

describe('a structure of Windows', () => {
  it.each(Object.entries(LAYOUTS))(
    '%s is as long as its members make it, and each stands where they put it',
    (name, layout) => {
      const type = DOCUMENTED[name as keyof typeof LAYOUTS];
      const { bytes, ...fields } = layout;
      expect(koffi.sizeof(type)).toBe(bytes);
      const isNested = name === 'JOBOBJECT_EXTENDED_LIMIT_INFORMATION';
      for (const [field, at] of Object.entries(fields)) {
        expect(koffi.offsetof(isNested ? BASIC_LIMIT_INFORMATION : type, field)).toBe(at);
      }
    },
  );

  it('tells names as UNICODE_STRINGs, and entries of a directory as two of them', () => {
    expect(koffi.sizeof(UNICODE_STRING)).toBe(UNICODE_STRING_BYTES);
    expect(koffi.offsetof(UNICODE_STRING, 'Buffer')).toBe(8);
    expect(koffi.sizeof(structure({ Name: UNICODE_STRING, TypeName: UNICODE_STRING }))).toBe(DIRECTORY_ENTRY_BYTES);
  });

  /** phnt calls these private: each size and offset that the parsers of the kernel's answers take. */
  it.each<[string, Readonly<Record<string, Member>>, number, Readonly<Record<string, number>>]>([
    [
      'MUP_FSCTL_UNC_PROVIDER_ENTRY',
      {
        TotalLength: u32,
        ReferenceCount: i32,
        ProviderPriority: u32,
        ProviderState: u32,
        ProviderId: u32,
        ProviderNameLength: u16,
        ProviderName: u16,
      },
      24,
      { ProviderPriority: 8, ProviderState: 12, ProviderId: 16, ProviderNameLength: 20, ProviderName: 22 },
    ],
    [
      'MUP_FSCTL_UNC_CACHE_ENTRY',
      {
        TotalLength: u32,
        UncNameOffset: u32,
        UncNameLength: u16,
        ProviderNameOffset: u32,
        ProviderNameLength: u16,
        SurrogateNameOffset: u32,
        SurrogateNameLength: u16,
        ProviderPriority: u32,
        EntryTtl: u32,
        Strings: u16,
      },
      40,
      {
        UncNameOffset: 4,
        UncNameLength: 8,
        ProviderNameOffset: 12,
        ProviderNameLength: 16,
        SurrogateNameOffset: 20,
        SurrogateNameLength: 24,
        ProviderPriority: 28,
        EntryTtl: 32,
        Strings: 36,
      },
    ],
    [
      'SILOOBJECT_BASIC_INFORMATION',
      { SiloId: u32, SiloParentId: u32, NumberOfProcesses: u32, IsInServerSilo: u8, Reserved: koffi.array(u8, 3) },
      16,
      { SiloParentId: 4, NumberOfProcesses: 8, IsInServerSilo: 12 },
    ],
    [
      'SERVERSILO_BASIC_INFORMATION',
      {
        ServiceSessionId: u32,
        State: u32,
        ExitStatus: i32,
        IsDownlevelContainer: u8,
        ApiSetSchema: pointer,
        HostApiSetSchema: pointer,
      },
      32,
      { State: 4 },
    ],
    [
      'JOBOBJECT_CONTAINER_IDENTIFIER_V2',
      { ContainerId: koffi.array(u32, 4), ContainerTelemetryId: koffi.array(u32, 4), JobId: u32 },
      36,
      { JobId: 32 },
    ],
  ])('%s stands as its parser reads it', (_name, members, bytes, fields) => {
    const type = structure(members);
    expect(koffi.sizeof(type)).toBe(bytes);
    for (const [field, at] of Object.entries(fields)) expect(koffi.offsetof(type, field)).toBe(at);
  });
});

describe("an object's name", () => {
  it('is told by its characters, counted in bytes, in any case', () => {
    const names = objectNames(koffi);
    const attributes = names.named('\\Device\\Mup');
    expect([attributes.readUInt32LE(0), attributes.readUInt32LE(24)]).toEqual([48, 0x40]);
    const name = attributes.readBigUInt64LE(16);
    const [length, most] = [0n, 2n].map(at => Number(koffi.decode(name + at, u16)));
    expect([length, most]).toEqual([22, 22]);
    const text: unknown = koffi.decode(koffi.decode(name + 8n, 'uintptr_t'), 'char16_t', 11);
    expect(text).toBe('\\Device\\Mup');
    expect(names.nameless.readBigUInt64LE(16)).toBe(0n);
  });

  it('stands where it stood, however much is collected meanwhile', () => {
    const names = objectNames(koffi);
    const where = names.named('\\Silos').readBigUInt64LE(16);
    for (let at = 0; at < 200; at++) Buffer.alloc(65_536, at);
    expect(names.named('\\Silos\\1234').readBigUInt64LE(16)).toBe(where);
    expect(koffi.decode(where, u16)).toBe(22);
  });
});
