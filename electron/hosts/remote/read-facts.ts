import { FaultError } from '../../../shared/contract/fault.ts';
import { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { FarRunner } from './run-far.ts';

const VERSION_KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const NAME_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName';
const ENVIRONMENT_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
/** ProductName still says Windows 10 on Windows 11; the build tells. Ground: Windows 11 begins with build 22000. */
const FIRST_WINDOWS_11 = 22_000;

/** Reads what Windows the far side is from its registry. Fails with `host-unreachable` when that makes no sense. */
export async function readFarFacts(runner: FarRunner, host: string, signal: AbortSignal): Promise<HostFacts> {
  const ask = async (key: string): Promise<string> => (await runner.run(['reg.exe', 'query', key], { signal })).stdout;
  const [version, name, environment] = await Promise.all([ask(VERSION_KEY), ask(NAME_KEY), ask(ENVIRONMENT_KEY)]);
  const facts = parseFacts(version, name, environment);
  if (facts !== undefined) return facts;
  throw new FaultError({
    code: 'host-unreachable',
    host,
    reason: `its registry does not say what Windows it is: ${version.slice(0, 200)}`,
  });
}

/** Facts out of the three answers of reg.exe; undefined when the version is missing. Total. */
export function parseFacts(version: string, name: string, environment: string): HostFacts | undefined {
  const build = Number(dataOf(version, 'CurrentBuildNumber') ?? dataOf(version, 'CurrentBuild'));
  const product = dataOf(version, 'ProductName') ?? 'Windows';
  const facts = HostFacts.safeParse({
    machineName: dataOf(name, 'ComputerName') ?? 'unknown',
    build,
    revision: Number(dataOf(version, 'UBR') ?? 0),
    displayVersion: dataOf(version, 'DisplayVersion') ?? dataOf(version, 'ReleaseId') ?? '',
    edition: build >= FIRST_WINDOWS_11 ? product.replace(/^Windows 10\b/, 'Windows 11') : product,
    productType: /^server/i.test(dataOf(version, 'InstallationType') ?? '') ? 'server' : 'client',
    architecture: /arm64/i.test(dataOf(environment, 'PROCESSOR_ARCHITECTURE') ?? '') ? 'arm64' : 'x64',
  });
  return facts.success ? facts.data : undefined;
}

/** The data of one value as `reg query` prints it: name, type and data apart by blanks. */
function dataOf(text: string, name: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s+(\S+)\s{2,}(REG_[A-Z_]+)\s{1,4}(.*)$/.exec(line);
    if (match?.[1]?.toLowerCase() === name.toLowerCase()) return match[3]?.trim();
  }
  return undefined;
}
