import { describe, expect, it } from 'vitest';
import { KNOWN_ERRORS } from './error-catalogue.ts';
import { decode, decodeExitCode, decodeStatus, explain, statusText } from './error-decoder.ts';

describe('what a tool printed', () => {
  it.each([
    [
      'hcs::CreateComputeSystem 0123: The container operating system does not match the host operating system.',
      '0xc0370101',
      /another Windows build/,
    ],
    [
      'container x encountered an error during CreateContainer: failure in a Windows system call: ... (0xc0370101)',
      '0xc0370101',
      /another Windows build/,
    ],
    [
      'container abc encountered an error during hcs::System::Start: ... (0xc0370106)',
      '0xc0370106',
      /ended unexpectedly/,
    ],
    ['hcs::System::CreateProcess: The remote procedure call failed. (0x6be)', '0x6be', /failed on the way/],
    ['CreateComputeSystem abc: The system cannot find the file specified.', undefined, /layer of the image/],
    [
      'no matching manifest for windows/amd64 10.0.19044 in the manifest list entries',
      undefined,
      /no image for this Windows/,
    ],
    [
      'a Windows version 10.0.26100-based image is incompatible with a 10.0.20348 host',
      undefined,
      /newer than the host/,
    ],
    ['Do not attach the filter to the volume at this time.', undefined, /cannot bind custom/],
    [
      'invalid volume specification: \'X:\\a:C:\\x\': invalid mount config for type "bind": bind source path does not exist: x:\\a',
      undefined,
      /does not see that path/,
    ],
    ['The volume does not contain a recognized file system.', undefined, /only NTFS will do/],
    ['FspFileSystemCreate: C0000034', 'STATUS_OBJECT_NAME_NOT_FOUND', /container cannot start it/],
    ['cannot create MEMFS (Status=c0000034)', 'STATUS_OBJECT_NAME_NOT_FOUND', /no object of that name/],
    ['mount failed: 80070050', 'STATUS_OBJECT_NAME_COLLISION', /UNC prefix/],
    ['System error 67 has occurred.', 'STATUS_BAD_NETWORK_NAME', /Nobody has a share/],
    ['System error 85 has occurred.', 'ERROR_ALREADY_ASSIGNED', /letter is taken/],
    ['[SC] StartService: OpenService FAILED 1060:', 'ERROR_SERVICE_DOES_NOT_EXIST', /WinFsp\+/],
    ['[SC] StartService: OpenService FEHLER 1060:\r\n\r\nDer Dienst', 'ERROR_SERVICE_DOES_NOT_EXIST', /WinFsp\+/],
    ['KO launcher: error 2', undefined, /launcher found no such thing/],
    ['exited with code -1073741515', 'STATUS_DLL_NOT_FOUND', /Nano Server/],
    ['Exited (3221225786) 5 seconds ago', 'STATUS_CONTROL_C_EXIT', /Ctrl-C/],
    [
      'error during connect: open //./pipe/docker_engine: The system cannot find the file specified.',
      undefined,
      /No engine listens/,
    ],
    ['open \\\\.\\pipe\\docker_engine: Access is denied.', undefined, /does not let this user in/],
    ['hcsshim::DestroyLayer: failed to detach VHD: Access is denied', undefined, /holds the container's layer/],
    ['unexpected EOF', undefined, /broke off/],
    ['panic: cgofuse: cannot find winfsp', undefined, /did not find the WinFsp DLL/],
    ['cygfuse: initialization failed: winfsp-x64.dll not found', undefined, /did not find the WinFsp DLL/],
    ['There is not enough space on the disk.', 'ERROR_DISK_FULL', /disk is full/],
    ['STATUS_BAD_NETWORK_PATH', 'STATUS_BAD_NETWORK_PATH', /Nobody serves/],
    ['%1 is not a valid Win32 application.', 'STATUS_INVALID_IMAGE_FORMAT', /bitness/],
    ['The specified procedure could not be found.', 'STATUS_ENTRYPOINT_NOT_FOUND', /lacks a function/],
    ['ERROR_SHARING_VIOLATION', 'ERROR_SHARING_VIOLATION', /Another process holds/],
    [
      'The process cannot access the file because it is being used by another process.',
      'ERROR_SHARING_VIOLATION',
      /Another process holds/,
    ],
    ['System error 1219 has occurred.', 'ERROR_SESSION_CREDENTIAL_CONFLICT', /another user name/],
    ['exit 1', undefined, /its own number/],
    ['exited with code 1', undefined, /its own number/],
    ['container.ended  exitCode=1  image=a', undefined, /its own number/],
  ])('%s', (text, code, cause) => {
    const decoded = decode(text);
    expect(decoded).toEqual({
      ...(code === undefined ? {} : { code }),
      cause: expect.stringMatching(cause),
      fix: expect.any(String),
      source: expect.any(String),
    });
  });

  it.each([
    '',
    'hello',
    'exit 10',
    'exit code 0',
    'exited: 1.5 s',
    'Y:\\f.txt',
    'listening on port 8080',
    'took 1234567890123 ms',
    '0x0',
  ])('is left alone when nobody knows it: %j', text => {
    expect(decode(text)).toBeUndefined();
  });

  it('is found at both ends of a long log', () => {
    const noise = 'x'.repeat(50_000);
    expect([decode(`unexpected EOF ${noise}`)?.cause, decode(`${noise} unexpected EOF`)?.cause]).toEqual(
      Array(2).fill('The download broke off in the middle.'),
    );
  });
});

describe('a status', () => {
  it('is explained signed and unsigned', () => {
    expect([decodeStatus(-1073741515), decodeStatus(0xc0000135)].map(known => known?.code)).toEqual([
      'STATUS_DLL_NOT_FOUND',
      'STATUS_DLL_NOT_FOUND',
    ]);
    expect([decodeStatus(0), decodeStatus(1), decodeStatus(0.5)]).toEqual([undefined, undefined, undefined]);
  });

  it('of a program that ended is explained only where it is a word of Windows', () => {
    expect([0, 2, 67, 1067, 0xc0000135].map(code => decodeExitCode(code)?.code)).toEqual([
      undefined,
      undefined,
      undefined,
      'ERROR_PROCESS_ABORTED',
      'STATUS_DLL_NOT_FOUND',
    ]);
  });

  it.each([
    ['0xC000007B', 'STATUS_INVALID_IMAGE_FORMAT'],
    ['-1073741701', 'STATUS_INVALID_IMAGE_FORMAT'],
    ['0xC0000139', 'STATUS_ENTRYPOINT_NOT_FOUND'],
    ['32', 'ERROR_SHARING_VIOLATION'],
    ['0xC0000043', 'ERROR_SHARING_VIOLATION'],
    ['1219', 'ERROR_SESSION_CREDENTIAL_CONFLICT'],
    ['0xC000009A', 'STATUS_INSUFFICIENT_RESOURCES'],
    ['1460', 'ERROR_TIMEOUT'],
    ['125', 'docker run, exit code 125'],
    ['126', 'docker run, exit code 126'],
    ['127', 'docker run, exit code 127'],
    ['0x7f', 'STATUS_ENTRYPOINT_NOT_FOUND'],
    ['The system cannot find the file specified.', 'ERROR_FILE_NOT_FOUND'],
    ['Access is denied', 'STATUS_ACCESS_DENIED'],
    ['The network path was not found.', 'STATUS_BAD_NETWORK_PATH'],
  ])('that is typed alone: %s', (asked, code) => {
    expect(explain(asked)?.code).toBe(code);
  });

  it('is written as programs print it', () => {
    expect([0xc0000034, -1073741515, 1060, 0].map(statusText)).toEqual(['0xC0000034', '0xC0000135', '1060', '0']);
  });
});

describe('the catalogue', () => {
  it('names each value once, and has a cause, a fix and a source for each', () => {
    const values = KNOWN_ERRORS.flatMap(known => known.values ?? []);
    expect(values.length).toBe(new Set(values).size);
    for (const known of KNOWN_ERRORS) {
      expect(known.cause).toMatch(/\.$/);
      expect(known.fix).toMatch(/\S/);
      expect(known.source).toMatch(/\S/);
      expect((known.values ?? known.texts ?? []).length).toBeGreaterThan(0);
    }
  });
});
