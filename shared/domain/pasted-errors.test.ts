import { describe, expect, it } from 'vitest';
import { explain } from './error-decoder.ts';

/** Texts as people paste them into public issues, names and ids changed: what is told of each, or that nothing is. */
const PASTED: readonly (readonly [text: string, cause: RegExp | undefined])[] = [
  // Host Compute Service.
  [
    'hcsshim::CreateComputeSystem 0ab: A virtual machine or container with the specified identifier already exists.',
    /still has a container of that id/,
  ],
  [
    'failure in a Windows system call: A Compute System with the specified identifier already exists. (0xc037010f) extra info: {"Layers":[{"ID":"c0000022-3168-5169-8c20-ee548f8260f6"}]}',
    /still has a container of that id/,
  ],
  [
    'hcsshim::CreateComputeSystem 0ab: The parameter is incorrect.\n(extra info: {"SystemType":"Container","HvPartition":true}).',
    /does not say what of it/,
  ],
  ['hcsshim::CreateComputeSystem 0ab: The system cannot find the file specified.', /layer of the image does not fit/],
  ['{"Error":-1070137082,"ErrorMessage":"The compute system exited unexpectedly."}', /ended unexpectedly/],
  ['The virtual machine or container exited unexpectedly while starting. (0xc0370100)', /ended while it started/],
  ['hcs::System::waitBackground: ... is not running. (0xc0370110)', /had ended before/],
  ['encountered an error during hcsshim::System::Start: context deadline exceeded.', /did not answer in time/],
  ['The virtual machine could not be started because a required feature is not installed.', /lacks a feature.*Hyper-V/],
  ['A connection could not be established with the Virtual Machine (0xc0370108)', /no connection with the inside/],
  ['HCS_E_ACCESS_DENIED', /Hyper-V Administrators/],
  ['0x80370103', undefined],
  // Networks and layers of Windows containers.
  [
    'failed to create endpoint X on network nat: failed during hnsCallRawResponse: hnsCall failed in Win32: The process cannot access the file because it is being used by another process. (0x20).',
    /port that is to be published is taken/,
  ],
  [
    'failed to create endpoint x on network nat: HNS failed with error : Unspecified error.',
    /HNS.*as much as is known/,
  ],
  [
    'Error initializing network controller: hnsCall failed in Win32: The service has not been started. (0x426)',
    /feature Containers is off/,
  ],
  ['failed to load vmcompute.dll, ensure that the Containers feature is installed', /feature Containers is off/],
  [
    'failed to register layer: re-exec error: exit status 1: output: ProcessBaseLayer C:\\x: The parameter is incorrect.',
    /layer of the image could not be unpacked/,
  ],
  ['hcsshim::ImportLayer failed in Win32: Access is denied. (0x5)', /layer of the image could not be unpacked/],
  ['failed to remove root filesystem: hcsshim::DestroyLayer failed in Win32: Access is denied. (0x5)', /still holds/],
  // The engine and its command line.
  ['request returned 500 Internal Server Error for API route and version http://x/_ping', /engine behind it does not/],
  ['client version 1.52 is too new. Maximum supported API version is 1.51', /no version of the API in common/],
  ['could not find plugin bridge in v1 plugin registry: plugin not found', /bridge is one of Linux/],
  ['invalid option: privileged mode is not supported for Windows containers', /one of Linux containers/],
  ['image operating system "linux" cannot be used on this platform', /Linux image/],
  ['Error response from daemon: container 4f12ba is not running', /has ended/],
  ['CreateProcess: cmd: The user name or password is incorrect. (0x52e)', /no such user/],
  [
    'Get "https://mcr.microsoft.com/v2/": proxyconnect tcp: dial tcp 10.0.0.1:8080: connectex: actively refused it.',
    /could not reach the registry/,
  ],
  // WinFsp and its launcher.
  ['Cannot create WinFsp-FUSE file system', /kept the reason to itself/],
  [
    'Cannot set WinFsp-FUSE file system mount point.\nThe service x has failed to start (Status=c0000022).',
    /mount manager/,
  ],
  [
    'cannot mount MEMFS\nThe service memfs has failed to start (Status=c00000ca).',
    /network volume cannot be mounted on a directory/,
  ],
  ['KO CallNamedPipe = 2', /launcher does not run/],
  ['KO launcher: error 183', /runs already/],
  [
    'The WinFsp service failed to start due to the following error: \nThe system cannot find the file specified.',
    /file of WinFsp's driver/,
  ],
  ["DllNotFoundException: Unable to load DLL 'winfsp-x64.dll'", /did not find the WinFsp DLL/],
  // What stands behind a file system.
  ["couldn't connect SSH: dial tcp: lookup nas.example: no such host", /name is not known here/],
  ['ERROR : a.bin: Failed to copy: unexpected EOF', /broke off/],
  ["couldn't fetch token: invalid_grant: maybe token expired?", /rclone's token/],
  ['ssh: handshake failed: ssh: unable to authenticate, attempted methods [none password]', /did not accept/],
  ['read: Connection reset by peer', /does not hand on why/],
  ['load setting: database is not formatted, please run `juicefs format ...` first', /no JuiceFS file system/],
  ['dial tcp 127.0.0.1:6379: connectex: No connection could be made: actively refused it.', /nobody listens/],
  ['DEBUG : pacer: low level retry 1/10 (error googleapi: Error 403: Rate Limit Exceeded)', undefined],
  // Drives and shares.
  ['Error code: 0x800704b3', /No network provider took/],
  ['Windows File System Proxy: The network does not exist or is not started.', /network provider.*is not there/],
  ['The specified network name is no longer available.', /share went away/],
  // Codes alone.
  ['0x80004005', /without a reason/],
  ['0xC00000BB', /does not do that/],
  ['1072', /removed as soon as/],
  ['0xC0000409', /ended itself/],
  ['ERROR_BAD_NET_NAME', /Nobody has a share/],
  ['-1', /was not seen/],
  ['137', /signal 9/],
  ['1', /its own number/],
  // Numbers that are none.
  ['{c0000022-1111-2222-3333-444455556666}', undefined],
  ['stopped at 0x5 after 0x20 bytes', undefined],
];

describe('an error that somebody pastes', () => {
  it.each(PASTED)('%s', (text, cause) => {
    const decoded = explain(text);
    if (cause === undefined) expect(decoded).toBeUndefined();
    else expect(decoded?.cause).toMatch(cause);
  });
});
