import { readFileSync } from 'node:fs';
import { readScenario } from '../scenario/read-scenario.ts';
import { Scenario, type ScenarioInput } from '../scenario/schema.ts';

/** One of the scenarios under assets/scenarios. */
export function assetScenario(name: string): Scenario {
  const file = new URL(`../../../../assets/scenarios/${name}.json`, import.meta.url);
  return readScenario(readFileSync(file, 'utf8'), `${name}.json`);
}

export const SERVERCORE = 'mcr.microsoft.com/windows/servercore:ltsc2022';

/** A Windows Server 2022 with a running FSD and one image, and whatever a test needs besides. */
export function server2022(more: ScenarioInput = {}): Scenario {
  return Scenario.parse({
    windows: {
      build: 20348,
      revision: 3932,
      displayVersion: '21H2',
      edition: 'Windows Server 2022 Datacenter',
      productType: 'server',
    },
    winfsp: { fsd: 'running' },
    behaviour: { unknownServerMs: 0 },
    images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.20348.3932' }],
    ...more,
  });
}

/** memfs as the containers of a scenario start it. */
export function memfs(
  switches: string,
  files: Readonly<Record<string, string>> = {},
): { commandLine: string; files: Record<string, string> } {
  return { commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS ${switches}`, files: { ...files } };
}
