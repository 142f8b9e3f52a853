import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { readServers } from './read-servers.ts';

const NET_USE = 'OK           S:        \\\\FILES\\public          Microsoft Windows Network\r\n';
const DRIVES =
  'HKEY_CURRENT_USER\\Network\\T\r\n    RemotePath    REG_SZ    \\\\nas\\media\r\n    UserName    REG_DWORD    0x0\r\n';
const SIGN_IN =
  'HKEY_CURRENT_USER\\Volatile Environment\r\n    LOGONSERVER    REG_SZ    \\\\DC01\r\n    USERDNSDOMAIN    REG_SZ    CORP.EXAMPLE\r\n    USERNAME    REG_SZ    anna\r\n';

const host = (answers: Readonly<Record<string, string>>) => ({
  run: (argv: readonly string[]) => {
    const stdout = answers[argv[2] ?? argv[1] ?? ''] ?? answers[argv[1] ?? ''];
    if (stdout === undefined) return Promise.reject(new FaultError({ code: 'not-found', what: 'program', name: 'x' }));
    return Promise.resolve({ argv, exitCode: 0, stdout, stderr: '', elapsedMs: 1 });
  },
});
const KNOWN = { use: NET_USE, 'HKCU\\Network': DRIVES, 'HKCU\\Volatile Environment': SIGN_IN };

describe('the servers that a host knows by itself', () => {
  it('are its connections, the drives that come back, and what signed the user in', async () => {
    expect([...(await readServers(host(KNOWN), []))]).toEqual([
      ['FILES', 'net-use'],
      ['nas', 'kept-drive'],
      ['DC01', 'logon-server'],
      ['CORP.EXAMPLE', 'domain'],
    ]);
  });

  it('are not the connections to a volume of WinFsp', async () => {
    const volumes = [{ uncPrefix: '\\files\\PUBLIC' }, { uncPrefix: '\\nas\\media' }];
    expect([...(await readServers(host(KNOWN), volumes)).keys()]).toEqual(['DC01', 'CORP.EXAMPLE']);
  });

  it.each([[{}], [{ use: 'nonsense \\\\' }]])('are none where nothing answers sense: %o', async answers => {
    expect([...(await readServers(host(answers), []))]).toEqual([]);
  });
});
