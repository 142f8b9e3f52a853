/** What stands in the object namespace beside Wine's own: shared by the process that makes it and those that look. */
export const SILO_ID = 1234;
export const CONTAINER_ID = 'c0ffee00'.repeat(8);
export const SILO_GUID = '6b3e5a1c-97f0-4d7e-8a15-0c2f7d9b4e61';
export const SILO = `\\Silos\\${SILO_ID}`;
const DISK = 'Volume{11111111-2222-3333-4444-555555555555}';
export const NETWORK_VOLUME = 'Volume{66666666-7777-8888-9999-aaaaaaaaaaaa}';
const MUP = `WinFsp.Mup+2.1{${SILO_GUID}}`;

/** The silo's `\Device` as WinFsp 2.1 leaves it, by name: a job stands where Windows has a device, which Wine cannot be given. */
export const SILO_DEVICES = [
  { name: 'Mup', type: 'SymbolicLink', target: '\\Device\\Mup' },
  { name: DISK, type: 'Job' },
  { name: NETWORK_VOLUME, type: 'SymbolicLink', target: `\\Device\\${MUP}` },
  { name: MUP, type: 'SymbolicLink', target: `\\Device\\Mup\\;${MUP}` },
  { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.1' },
] as const;

export const BENCH_ROOT = '\\Bench';
const BENCH_DIRECTORIES = 100;
const BENCH_LINKS = 150;
const BENCH_JOBS = 49;

export interface Maker {
  directory(path: string): void;
  link(path: string, target: string): void;
  job(path: string): void;
}

/** Names of Windows that Wine does not have. */
export function stageHost(make: Maker): void {
  make.directory('\\GLOBAL??');
  make.link('\\GLOBAL??\\C:', '\\Device\\HarddiskVolume1');
  make.job('\\Device\\Mup');
}

/** A silo as a container leaves it in the host's namespace. */
export function stageSilo(make: Maker): void {
  for (const path of ['\\Silos', SILO, `${SILO}\\Device`, `${SILO}\\GLOBAL??`, `${SILO}\\Sessions`]) {
    make.directory(path);
  }
  make.job(`\\Container_${CONTAINER_ID}`);
  for (const entry of SILO_DEVICES) {
    const path = `${SILO}\\Device\\${entry.name}`;
    if ('target' in entry) make.link(path, entry.target);
    else make.job(path);
  }
}

/** Twenty thousand objects to walk. */
export function stageBench(make: Maker): void {
  make.directory(BENCH_ROOT);
  for (let room = 0; room < BENCH_DIRECTORIES; room++) {
    const path = `${BENCH_ROOT}\\Room ${room}`;
    make.directory(path);
    for (let link = 0; link < BENCH_LINKS; link++)
      make.link(`${path}\\Link ${link}`, `\\Device\\Target ${room} ${link}`);
    for (let job = 0; job < BENCH_JOBS; job++) make.job(`${path}\\Job ${job}`);
  }
}
