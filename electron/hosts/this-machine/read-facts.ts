import { FaultError } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { Ran } from '../host.ts';
import { CURRENT_VERSION_KEY, type MachineNames, parseWindowsFacts } from '../windows-facts.ts';

/** Reads the facts with reg.exe. @throws FaultError `host-unreachable` when the registry does not name a build. */
export async function readFacts(
  run: (argv: readonly string[]) => Promise<Ran>,
  names: MachineNames,
): Promise<HostFacts> {
  const { exitCode, stdout, stderr } = await run(['reg.exe', 'query', CURRENT_VERSION_KEY, '/reg:64']);
  const facts = parseWindowsFacts(stdout, names);
  if (exitCode === 0 && facts !== undefined) return facts;
  const reason = `reg.exe names no Windows build (exit code ${exitCode}) ${stderr}`.trim();
  throw new FaultError({ code: 'host-unreachable', host: 'local', reason });
}
