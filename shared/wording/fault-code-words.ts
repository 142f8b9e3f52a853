import type { FaultCode } from '../contract/fault.ts';

/** A fault of which no more than its code was kept, as the end of a sentence. */
export const FAULT_CODE_WORDS: Readonly<Record<FaultCode, string>> = {
  'invalid-input': 'it cannot be asked like this',
  'not-found': 'something that was named is not there',
  'malformed-scenario': 'the scenario is malformed',
  'winfsp-not-installed': 'WinFsp is not installed on the host',
  'winfsp-too-old': 'WinFsp is too old for containers',
  'winfsp-version-unknown': 'the version of WinFsp is unknown',
  'fsd-not-running': "WinFsp's driver does not run",
  'fsd-start-failed': "WinFsp's driver did not start",
  'engine-wrong-mode': 'the engine does not run Windows containers',
  'base-image-incompatible': 'the image cannot run here with WinFsp',
  'isolation-unsupported': 'that isolation does not do here',
  'secrets-missing': 'a secret is not set',
  'secret-store-unavailable': 'nothing here keeps a secret safely',
  'secret-locked': 'a secret cannot be opened here',
  'kept-file-not-read': 'a file that is kept cannot be read',
  'disk-full': 'the disk is full',
  'host-unreachable': 'the host is out of reach',
  'host-key-unknown': 'nobody has vouched for the key of the host',
  'host-key-refused': 'the key of the host was refused',
  'ssh-config-refused': 'the configuration of SSH was refused',
  'engine-unreachable': 'the Docker Engine does not answer',
  'access-denied': 'access was denied',
  'elevation-unavailable': 'nobody could be asked for the rights of an administrator',
  'elevation-lost': 'the helper with the rights of an administrator is gone',
  'elevation-refused': 'the rights of an administrator were not given',
  'timed-out': 'no answer came in time',
  'mount-point-in-use': 'the mount point is taken',
  'unc-prefix-in-use': 'the UNC prefix is taken',
  'name-in-use': 'the name is taken',
  'engine-refused': 'the Docker Engine refused',
  'pull-failed': 'the image could not be pulled',
  'build-failed': 'the image was not built',
  'command-failed': 'a program ended with an error',
  'file-system-ended': 'the file system ended',
  'volume-did-not-appear': 'the volume did not appear in time',
  'unwritten-data': 'something is not written yet',
  'unwritten-kept': 'earlier containers may hold what was not written',
  'volume-not-as-planned': 'another kind of volume was mounted than was planned',
  'still-mounted': 'the volume is still mounted',
  'launch-against-policy': 'the guard refuses it',
  'policy-violated': 'the policy is violated',
  cancelled: 'it was cancelled',
  bug: 'Siloscope made a mistake',
};

/** A kept code in words; one of another version as it is. */
export function wordFaultCode(code: string): string {
  return Object.hasOwn(FAULT_CODE_WORDS, code) ? FAULT_CODE_WORDS[code as FaultCode] : code;
}
