/**
 * Structures of Windows as 64-bit programs see them, x64 and ARM64 alike: their bytes, and where the fields stand that
 * are written or read here. layouts.test.ts works them out from their members.
 * Ground: Microsoft's pages on each; ntioapi.h, ntobapi.h and ntpsapi.h of phnt for what Microsoft documents elsewhere.
 */
export const LAYOUTS = {
  OBJECT_ATTRIBUTES: { bytes: 48, Length: 0, ObjectName: 16, Attributes: 24 },
  IO_STATUS_BLOCK: { bytes: 16, Information: 8 },
  CLIENT_ID: { bytes: 16, UniqueProcess: 0 },
  BY_HANDLE_FILE_INFORMATION: { bytes: 52, dwFileAttributes: 0 },
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION: { bytes: 144, LimitFlags: 16 },
  DATA_BLOB: { bytes: 16, cbData: 0, pbData: 8 },
  /** `AuthenticationId` is the LUID of the logon session: low part, high part. */
  TOKEN_STATISTICS: { bytes: 56, AuthenticationId: 8 },
  TOKEN_LINKED_TOKEN: { bytes: 8 },
  TOKEN_ELEVATION: { bytes: 4 },
  SHELLEXECUTEINFOW: {
    bytes: 112,
    cbSize: 0,
    fMask: 4,
    hwnd: 8,
    lpVerb: 16,
    lpFile: 24,
    lpParameters: 32,
    lpDirectory: 40,
  },
} as const;
