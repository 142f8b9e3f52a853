import type { ComputeSystem, ProgramContext } from '../../machine.ts';

const ACCESS_DENIED = 0x8007_0005;

/** hcsdiag.exe: list [-raw]. Administrators only. */
export async function hcsdiag(context: ProgramContext): Promise<number> {
  const [verb = '', ...rest] = context.argv.slice(1);
  if (verb.toLowerCase() !== 'list' || rest.some(option => !/^[-/]raw$/i.test(option))) {
    await context.stdout.write(
      'hcsdiag <command> [options...]\r\n\r\n  list [-raw]\r\n    Shows the compute systems of this machine.\r\n',
    );
    return verb === '' ? 0 : 1;
  }
  if (!context.win32.subject.elevated || context.win32.subject.silo !== 0) {
    await context.stderr.write('Access is denied. (0x80070005)\r\n');
    return ACCESS_DENIED;
  }
  const systems = context.machine.computeSystems();
  await context.stdout.write(
    rest.length > 0 ? `${JSON.stringify(systems.map(properties))}\r\n` : systems.map(described).join(''),
  );
  return 0;
}

/** As HcsEnumerateComputeSystems answers: schema 1 properties. */
function properties(system: ComputeSystem): Record<string, string> {
  const shared = { Id: system.name, SystemType: 'Container', Owner: 'docker', RuntimeId: system.runtimeId };
  const state = { State: 'Running', RuntimeOsType: 'Windows' };
  if (system.siloId === undefined) return { ...shared, ...state };
  return { ...shared, ...state, ObRoot: `\\\\.\\Silos\\${system.siloId}` };
}

function described(system: ComputeSystem): string {
  const kind = system.siloId === undefined ? 'Hosted Container' : 'Windows Server Container';
  return `${system.name}\r\n    ${`${kind},`.padEnd(28)}\tRunning, ${system.runtimeId.toUpperCase()}, docker\r\n\r\n`;
}
