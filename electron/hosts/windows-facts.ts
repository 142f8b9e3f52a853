import { HostFacts } from '../../shared/domain/host-facts.ts';
import { parseRegQuery } from '../../shared/domain/parse-reg-query.ts';

/** Where the registry says what Windows this is. */
export const CURRENT_VERSION_KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const FIRST_BUILD_OF_WINDOWS_11 = 22_000;

/** What a machine says of itself besides that key. */
export interface MachineNames {
  readonly machineName: string;
  /** Node's `process.arch`, or Windows' `PROCESSOR_ARCHITECTURE`. */
  readonly architecture: string;
}

/**
 * The facts in what `reg.exe query` printed of CurrentVersion; undefined when it holds no build. ProductName still says
 * Windows 10 on Windows 11: the build decides. Total.
 */
export function parseWindowsFacts(text: string, { machineName, architecture }: MachineNames): HostFacts | undefined {
  const values = new Map<string, string>();
  for (const { name, data } of parseRegQuery(text)) {
    // The key's own values come before those of keys below it.
    if (!values.has(name)) values.set(name, data);
  }
  const build = Number(values.get('CurrentBuildNumber') ?? values.get('CurrentBuild'));
  const revision = Number(values.get('UBR') ?? 0);
  const product = values.get('ProductName') ?? '';
  const server = /server/i.test(values.get('InstallationType') ?? product);
  const facts = HostFacts.safeParse({
    machineName,
    build,
    revision: Number.isSafeInteger(revision) && revision >= 0 ? revision : 0,
    displayVersion: values.get('DisplayVersion') ?? values.get('ReleaseId') ?? '',
    edition: build >= FIRST_BUILD_OF_WINDOWS_11 && !server ? product.replace(/\bWindows 10\b/, 'Windows 11') : product,
    productType: server ? 'server' : 'client',
    architecture: /arm64/i.test(architecture) ? 'arm64' : 'x64',
  });
  return facts.success ? facts.data : undefined;
}
