import { STATUS, systemCallError } from '../kernel/status.ts';
import type { FileSystemOperations, Program, ProgramTable } from '../machine.ts';

/** Prints each of its arguments on a line of its own. */
const printArguments: Program = async ({ argv, stdout }) => {
  await stdout.write(
    argv
      .slice(1)
      .map(argument => `${argument}\r\n`)
      .join(''),
  );
  return 0;
};

const refuse = (): Promise<never> => Promise.reject(systemCallError(STATUS.ACCESS_DENIED));
const refusing: FileSystemOperations = {
  information: refuse,
  stat: refuse,
  list: refuse,
  read: refuse,
  write: refuse,
  createDirectory: refuse,
  deleteFile: refuse,
  removeDirectory: refuse,
  rename: refuse,
};

/** Prints without end. */
const printForever: Program = async ({ stdout, signal }) => {
  const much = Buffer.alloc(262_144, 'much ');
  while (!signal.aborted) await stdout.write(much);
  return 0;
};

/** A file system on the letter it is given, that refuses every open. */
const serveRefusals: Program = async ({ argv, win32, processId, signal }) => {
  const volume = await win32.winfsp.createVolume({ operations: refusing, processId });
  win32.defineDosDevice(argv[1] ?? '', volume.name, processId);
  await new Promise(resolve => signal.addEventListener('abort', resolve));
  return 0;
};

/** Programs that only tests need. */
export const TEST_PROGRAMS: ProgramTable = new Map([
  ['print-arguments', printArguments],
  ['print-forever', printForever],
  ['serve-refusals', serveRefusals],
]);

/** Where they stand on the host. */
export const TEST_FILES: Readonly<Record<string, string>> = {
  'C:\\Test\\print-arguments.exe': 'program:print-arguments',
  'C:\\Test\\print-forever.exe': 'program:print-forever',
  'C:\\Test\\serve-refusals.exe': 'program:serve-refusals',
};
