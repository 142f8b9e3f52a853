import { FaultError } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import { registryData } from '../../../shared/domain/parse-reg-query.ts';
import { CURRENT_VERSION_KEY, parseWindowsFacts } from '../windows-facts.ts';
import type { FarRunner } from './run-far.ts';

const NAME_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName';
const ENVIRONMENT_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

/** Reads what Windows the far side is from its registry. Fails with `host-unreachable` when that makes no sense. */
export async function readFarFacts(runner: FarRunner, host: string, signal: AbortSignal): Promise<HostFacts> {
  const ask = async (key: string): Promise<string> => (await runner.run(['reg.exe', 'query', key], { signal })).stdout;
  const [version, name, environment] = await Promise.all([
    ask(CURRENT_VERSION_KEY),
    ask(NAME_KEY),
    ask(ENVIRONMENT_KEY),
  ]);
  const facts = parseWindowsFacts(version, {
    machineName: registryData(name, 'ComputerName') ?? 'unknown',
    architecture: registryData(environment, 'PROCESSOR_ARCHITECTURE') ?? '',
  });
  if (facts !== undefined) return facts;
  throw new FaultError({
    code: 'host-unreachable',
    host,
    reason: `its registry does not say what Windows it is: ${version.slice(0, 200)}`,
  });
}
