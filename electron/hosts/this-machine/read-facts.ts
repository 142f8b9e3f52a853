import { FaultError } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { Ran } from '../host.ts';

const CURRENT_VERSION = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const FIRST_BUILD_OF_WINDOWS_11 = 22_000;

/** What this machine says of itself besides the registry. */
export interface MachineNames {
  readonly machineName: string;
  /** Node's `process.arch`. */
  readonly architecture: string;
}

/** Reads the facts with reg.exe. @throws FaultError `host-unreachable` when the registry does not name a build. */
export async function readFacts(
  run: (argv: readonly string[]) => Promise<Ran>,
  names: MachineNames,
): Promise<HostFacts> {
  const { exitCode, stdout, stderr } = await run(['reg.exe', 'query', CURRENT_VERSION, '/reg:64']);
  const facts = parseFacts(stdout, names);
  if (exitCode === 0 && facts !== undefined) return facts;
  const reason = `reg.exe names no Windows build (exit code ${exitCode}) ${stderr}`.trim();
  throw new FaultError({ code: 'host-unreachable', host: 'local', reason });
}

/**
 * The facts in what `reg.exe query` printed of CurrentVersion; undefined when it holds no build. ProductName still says
 * Windows 10 on Windows 11: the build decides. Total.
 */
export function parseFacts(text: string, { machineName, architecture }: MachineNames): HostFacts | undefined {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, data] = /^\s+(\S.*?)\s+REG_(?:SZ|DWORD)(?:\s+(.*?))?\s*$/.exec(line) ?? [];
    if (name !== undefined && !values.has(name)) values.set(name, data ?? '');
  }
  const build = Number(values.get('CurrentBuildNumber') ?? values.get('CurrentBuild'));
  if (!Number.isSafeInteger(build) || build <= 0) return undefined;
  const revision = Number(values.get('UBR') ?? 0);
  const product = values.get('ProductName') ?? '';
  const server = /server/i.test(values.get('InstallationType') ?? product);
  return {
    machineName,
    build,
    revision: Number.isSafeInteger(revision) && revision >= 0 ? revision : 0,
    displayVersion: values.get('DisplayVersion') ?? values.get('ReleaseId') ?? '',
    edition: build >= FIRST_BUILD_OF_WINDOWS_11 && !server ? product.replace(/\bWindows 10\b/, 'Windows 11') : product,
    productType: server ? 'server' : 'client',
    architecture: architecture === 'arm64' ? 'arm64' : 'x64',
  };
}
