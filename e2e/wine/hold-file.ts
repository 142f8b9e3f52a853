import { existsSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import koffi from 'koffi';
import {
  declareFunctions,
  INVALID_HANDLE,
  OPEN_EXISTING,
} from '../../electron/hosts/this-machine/nt/windows-functions.ts';

// `hold-file FILE HELD RELEASE`: opens FILE as a program does that lets others read it and no more (FILE_SHARE_READ), makes
// HELD, and lets go when RELEASE is there.
const [file = '', held = '', release = ''] = process.argv.slice(2);
const GENERIC_READ = 0x80000000;
const FILE_SHARE_READ = 1;
const { createFileW, ntClose } = declareFunctions(koffi);
const handle = createFileW(file, GENERIC_READ, FILE_SHARE_READ, null, OPEN_EXISTING, 0, null);
if (BigInt(handle) === INVALID_HANDLE) throw new Error(`${file} cannot be opened`);
writeFileSync(held, '');
const timer = setInterval(() => {
  if (!existsSync(release)) return;
  clearInterval(timer);
  ntClose(handle);
}, 10);
