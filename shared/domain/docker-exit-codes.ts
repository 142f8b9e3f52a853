import type { KnownError } from './known-error.ts';

const SOURCE = 'docs.docker.com/engine/containers/run (exit status), moby daemon/errors.go';

/**
 * What `docker run` itself ends with, as a person copies it: in decimal. Windows has errors of the same numbers, which are
 * named beside it; in hexadecimal they alone are meant.
 */
export const DOCKER_EXIT_CODES: ReadonlyMap<string, KnownError> = new Map([
  [
    '125',
    {
      code: 'docker run, exit code 125',
      cause: 'The engine refused to create or to start the container; its program never ran.',
      fix: 'Explain the line that docker printed before, "Error response from daemon: ...": that is the reason.',
      source: SOURCE,
    },
  ],
  [
    '126',
    {
      code: 'docker run, exit code 126',
      cause:
        'The program is in the container and could not be run, mostly for want of a right. If Windows said 126 instead, a DLL of the program is missing (ERROR_MOD_NOT_FOUND).',
      fix: 'Check the right to run it, and who it is run as (`--user`); for a DLL see that it is beside the program or on its PATH.',
      source: SOURCE,
    },
  ],
  [
    '127',
    {
      code: 'docker run, exit code 127',
      cause:
        'The program to run is not in the container: the system cannot find the file specified. If Windows said 127 instead, a DLL lacks a function that the program needs (`siloscope explain 0x7f`).',
      fix: 'Check its path, use an image that holds it, or bind its directory in.',
      source: SOURCE,
    },
  ],
  ...['-1', '4294967295'].map((asked): [string, KnownError] => [
    asked,
    {
      code: 'exit code -1 (0xFFFFFFFF)',
      cause:
        'How the program ended was not seen, as when its container was ended by force or the engine lost it; or the program itself ended with -1.',
      fix: 'Read the end of its log: `siloscope logs NAME`.',
      source: 'microsoft/hcsshim internal/hcs/process.go',
    },
  ]),
  ...['137', '139', '143'].map((asked): [string, KnownError] => [
    asked,
    {
      code: `exit code ${asked}`,
      cause: `On Linux: ended by signal ${Number(asked) - 128}. Windows has no such numbers: from a Windows container it is the program's own.`,
      fix: 'Look it up with the program; if the container is one of Linux, it is not one that WinFsp runs in.',
      source: 'docs.docker.com/engine/containers/run (exit status); POSIX shells (128 + signal)',
    },
  ]),
]);
