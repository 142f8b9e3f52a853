import type { Program, ProgramTable } from '../machine.ts';
import { cmd } from './cmd/cmd.ts';
import { hubfs } from './file-systems/hubfs.ts';
import { juicefs } from './file-systems/juicefs.ts';
import { rclone } from './file-systems/rclone.ts';
import { sshfsWin } from './file-systems/sshfs-win.ts';
import { powershell } from './powershell/powershell.ts';
import { findstr } from './windows/findstr.ts';
import { hcsdiag } from './windows/hcsdiag.ts';
import { hostname, ipconfig, whoami } from './windows/identity-tools.ts';
import { net } from './windows/net.ts';
import { ping } from './windows/ping.ts';
import { reg } from './windows/reg.ts';
import { sc } from './windows/sc.ts';
import { subst } from './windows/subst.ts';
import { taskkill } from './windows/taskkill.ts';
import { tasklist } from './windows/tasklist.ts';
import { find, more, sort } from './windows/text-tools.ts';
import { timeout } from './windows/timeout.ts';
import { where } from './windows/where.ts';
import { xcopy } from './windows/xcopy.ts';
import { fsptool } from './winfsp/fsptool.ts';
import { launchctl, launcher } from './winfsp/launchctl.ts';
import { memfs } from './winfsp/memfs.ts';

/** Every program that the simulated machine can run, by the id in its file's first line. */
export const PROGRAMS: ProgramTable = new Map<string, Program>([
  ['cmd', cmd],
  ['find', find],
  ['findstr', findstr],
  ['fsptool', fsptool],
  ['hcsdiag', hcsdiag],
  ['hostname', hostname],
  ['hubfs', hubfs],
  ['ipconfig', ipconfig],
  ['juicefs', juicefs],
  ['launchctl', launchctl],
  ['launcher', launcher],
  ['memfs', memfs],
  ['more', more],
  ['net', net],
  ['ping', ping],
  ['powershell', powershell],
  ['rclone', rclone],
  ['reg', reg],
  ['sc', sc],
  ['sort', sort],
  ['sshfs-win', sshfsWin],
  ['subst', subst],
  ['taskkill', taskkill],
  ['tasklist', tasklist],
  ['timeout', timeout],
  ['where', where],
  ['whoami', whoami],
  ['xcopy', xcopy],
]);

export { windowsFiles } from './windows-files.ts';
export { winfspFiles } from './winfsp-files.ts';
