import koffi from 'koffi';

const OBJ_CASE_INSENSITIVE = 0x40;
const OBJ_OPENIF = 0x80;
const DIRECTORY_ALL_ACCESS = 0xf000f;
const SYMBOLIC_LINK_ALL_ACCESS = 0xf0001;
const JOB_OBJECT_ALL_ACCESS = 0x1f003f;

/** Makes objects in the namespace that live as long as this process does. */
export interface ObjectStaging {
  directory(path: string): void;
  link(path: string, target: string): void;
  job(path: string): void;
}

/** Loads the calls of ntdll that make objects: for tests alone, the product only reads. */
export function objectStaging(): ObjectStaging {
  const ntdll = koffi.load('ntdll.dll');
  type Make = (handle: Buffer, access: number, attributes: Buffer) => number;
  const createDirectory: Make = ntdll.func('int32_t __stdcall NtCreateDirectoryObject(void *, uint32_t, void *)');
  const createJob: Make = ntdll.func('int32_t __stdcall NtCreateJobObject(void *, uint32_t, void *)');
  const createLink: (handle: Buffer, access: number, attributes: Buffer, target: Buffer) => number = ntdll.func(
    'int32_t __stdcall NtCreateSymbolicLinkObject(void *, uint32_t, void *, void *)',
  );
  const handle = Buffer.alloc(8);

  function make(path: string, call: (attributes: Buffer) => number): void {
    const text = unicodeString(path);
    const attributes = Buffer.alloc(48);
    attributes.writeUInt32LE(attributes.length, 0);
    attributes.writeBigUInt64LE(koffi.address(text.header), 16);
    attributes.writeUInt32LE(OBJ_CASE_INSENSITIVE | OBJ_OPENIF, 24);
    const status = call(attributes) >>> 0;
    if (status >= 0xc0000000) throw new Error(`making ${path} failed with 0x${status.toString(16)}`);
  }

  return {
    directory: path => make(path, attributes => createDirectory(handle, DIRECTORY_ALL_ACCESS, attributes)),
    job: path => make(path, attributes => createJob(handle, JOB_OBJECT_ALL_ACCESS, attributes)),
    link(path, target) {
      const to = unicodeString(target);
      make(path, attributes => createLink(handle, SYMBOLIC_LINK_ALL_ACCESS, attributes, to.header));
    },
  };
}

interface UnicodeString {
  readonly header: Buffer;
  /** Held, so that the characters live as long as the header that points to them. */
  readonly characters: Buffer;
}

function unicodeString(text: string): UnicodeString {
  const characters = Buffer.from(`${text}\0`, 'utf16le');
  const header = Buffer.alloc(16);
  header.writeUInt16LE(characters.length - 2, 0);
  header.writeUInt16LE(characters.length, 2);
  header.writeBigUInt64LE(koffi.address(characters), 8);
  return { header, characters };
}
