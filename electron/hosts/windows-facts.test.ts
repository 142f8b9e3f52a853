import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostFacts } from '../../shared/domain/host-facts.ts';
import { parseWindowsFacts } from './windows-facts.ts';

const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const names = { machineName: 'BOX', architecture: 'x64' };
const query = (values: Readonly<Record<string, string>>): string =>
  ['', KEY, ...Object.entries(values).map(([name, data]) => `    ${name}    ${data}`), '', `${KEY}\\AeDebug`, ''].join(
    '\r\n',
  );

describe('the facts of a Windows host', () => {
  it.each([
    [
      'Windows Server 2022',
      {
        ProductName: 'REG_SZ    Windows Server 2022 Datacenter',
        CurrentBuild: 'REG_SZ    20348',
        CurrentBuildNumber: 'REG_SZ    20348',
        DisplayVersion: 'REG_SZ    21H2',
        UBR: 'REG_DWORD    0xa8c',
        InstallationType: 'REG_SZ    Server Core',
      },
      {
        build: 20_348,
        revision: 2_700,
        displayVersion: '21H2',
        edition: 'Windows Server 2022 Datacenter',
        productType: 'server',
      },
    ],
    [
      'Windows 11, whose registry still says 10',
      {
        ProductName: 'REG_SZ    Windows 10 Pro',
        CurrentBuildNumber: 'REG_SZ    26100',
        DisplayVersion: 'REG_SZ    24H2',
        UBR: 'REG_DWORD    0x122c',
        InstallationType: 'REG_SZ    Client',
      },
      { build: 26_100, revision: 4_652, displayVersion: '24H2', edition: 'Windows 11 Pro', productType: 'client' },
    ],
    [
      'Windows Server 2019, which has a ReleaseId',
      {
        ProductName: 'REG_SZ    Windows Server 2019 Standard',
        CurrentBuildNumber: 'REG_SZ    17763',
        ReleaseId: 'REG_SZ    1809',
        UBR: 'REG_DWORD    0x1',
        InstallationType: 'REG_SZ    Server',
        CSDVersion: 'REG_SZ    ',
      },
      {
        build: 17_763,
        revision: 1,
        displayVersion: '1809',
        edition: 'Windows Server 2019 Standard',
        productType: 'server',
      },
    ],
  ])('are read for %s', (_name, values, expected) => {
    const facts = parseWindowsFacts(query(values), names);
    expect(facts).toEqual({ machineName: 'BOX', architecture: 'x64', ...expected });
  });

  it('are none where no build is named', () => {
    expect(parseWindowsFacts(query({ ProductName: 'REG_SZ    Windows' }), names)).toBeUndefined();
  });

  it('are facts or nothing, whatever is printed', () => {
    const line = fc.oneof(
      fc.string(),
      fc
        .tuple(
          fc.constantFrom('CurrentBuildNumber', 'UBR', 'ProductName'),
          fc.constantFrom('REG_SZ', 'REG_DWORD'),
          fc.string(),
        )
        .map(parts => `    ${parts.join('    ')}`),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const facts = parseWindowsFacts([KEY, ...lines].join(end), names);
        if (facts !== undefined) expect(HostFacts.parse(facts)).toEqual(facts);
      }),
      { numRuns: 10_000 },
    );
  });
});
