import type { Program, ProgramTable } from '../machine.ts';
import { cmd } from './cmd/cmd.ts';
import { net } from './windows/net.ts';
import { ping } from './windows/ping.ts';
import { reg } from './windows/reg.ts';
import { sc } from './windows/sc.ts';
import { fsptool } from './winfsp/fsptool.ts';
import { memfs } from './winfsp/memfs.ts';

/** Every program that the simulated machine can run, by the id in its file's first line. */
export const PROGRAMS: ProgramTable = new Map<string, Program>([
  ['cmd', cmd],
  ['fsptool', fsptool],
  ['memfs', memfs],
  ['net', net],
  ['ping', ping],
  ['reg', reg],
  ['sc', sc],
]);

export { type WindowsKind, windowsFiles } from './windows-files.ts';
export { type WinFspInstallation, winfspFiles } from './winfsp-files.ts';
