import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Place, type Ran, TestMachine, WINFSP } from '../testing/boot.ts';

let world: TestMachine;
let host: Place;
let silo: Place;
beforeAll(async () => {
  world = new TestMachine({ winfsp: { fsd: 'stopped' }, behaviour: { unknownServerMs: 0 } });
  host = world.host();
  silo = await world.silo('a');
});
afterAll(() => world.dispose());

const said = (code: number, out: string, err = ''): Ran => ({ code, out, err });
const crlf = (...lines: readonly string[]): string => lines.map(line => `${line}\r\n`).join('');
const stopped = (exitCode: string): readonly string[] => [
  '',
  'SERVICE_NAME: WinFsp+2.1 ',
  '        TYPE               : 2  FILE_SYSTEM_DRIVER  ',
  '        STATE              : 1  STOPPED ',
  `        WIN32_EXIT_CODE    : ${exitCode}`,
  '        SERVICE_EXIT_CODE  : 0  (0x0)',
  '        CHECKPOINT         : 0x0',
  '        WAIT_HINT          : 0x0',
];

describe('sc.exe', () => {
  it('finds no service of the old name', async () => {
    expect(await host.run('sc query winfsp')).toEqual(
      said(
        1060,
        '[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n\r\n',
      ),
    );
    expect(await host.run('sc start winfsp')).toEqual(
      said(
        1060,
        '[SC] StartService: OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n\r\n',
      ),
    );
  });

  it('starts the driver for anybody, once, and stops it for nobody', async () => {
    const { out } = await host.run('sc query WinFsp+2.1');
    expect(out).toBe(crlf(...stopped('1077  (0x435)')));
    const started = await host.run('sc start WinFsp+2.1');
    expect([
      started.code,
      /STATE {14}: 4 {2}RUNNING \r\n/.test(started.out),
      started.out.endsWith('        FLAGS              : \r\n'),
    ]).toEqual([0, true, true]);
    expect(await host.run('sc start WinFsp+2.1')).toEqual(
      said(1056, '[SC] StartService FAILED 1056:\r\n\r\nAn instance of the service is already running.\r\n\r\n'),
    );
    expect(await world.host('elevated').run('sc stop WinFsp+2.1')).toEqual(
      said(5, '[SC] OpenService FAILED 5:\r\n\r\nAccess is denied.\r\n\r\n'),
    );
  });

  it('knows no WinFsp in a container', async () => {
    expect((await silo.run('sc query WinFsp+2.1')).code).toBe(1060);
  });
});

describe('reg.exe query', () => {
  const key = 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp';
  const missing = 'ERROR: The system was unable to find the specified registry key or value.\r\n';

  it('prints one value', async () => {
    expect(await host.run(`reg query ${key} /v InstallDir`)).toEqual(
      said(
        0,
        crlf('', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp', `    InstallDir    REG_SZ    ${WINFSP}\\`, ''),
      ),
    );
  });

  it.each([
    [`reg query ${key} /v Nothing`, missing],
    ['reg query HKLM\\SOFTWARE\\Nowhere', missing],
    ['reg query NOHIVE\\X', 'ERROR: Invalid key name.\r\nType "REG QUERY /?" for usage.\r\n'],
    ['reg query', 'ERROR: Invalid syntax.\r\nType "REG QUERY /?" for usage.\r\n'],
  ])('%s fails', async (line, err) => {
    expect(await host.run(line)).toEqual(said(1, '', err));
  });

  it('finds nothing of WinFsp in a container', async () => {
    expect(await silo.run(`reg query ${key} /v InstallDir`)).toEqual(said(1, '', missing));
  });
});

describe('ping', () => {
  it('replies once a second of the clock', async () => {
    const before = world.clock.now();
    expect(await host.run('ping -n 3 127.0.0.1')).toEqual(
      said(
        0,
        crlf(
          '',
          'Pinging 127.0.0.1 with 32 bytes of data:',
          'Reply from 127.0.0.1: bytes=32 time<1ms TTL=128',
          'Reply from 127.0.0.1: bytes=32 time<1ms TTL=128',
          'Reply from 127.0.0.1: bytes=32 time<1ms TTL=128',
          '',
          'Ping statistics for 127.0.0.1:',
          '    Packets: Sent = 3, Received = 3, Lost = 0 (0% loss),',
          'Approximate round trip times in milli-seconds:',
          '    Minimum = 0ms, Maximum = 0ms, Average = 0ms',
        ),
      ),
    );
    expect(world.clock.now() - before).toBe(2_000);
  });

  it('does not find a name', async () => {
    expect(await host.run('ping nobody')).toEqual(
      said(1, 'Ping request could not find host nobody. Please check the name and try again.\r\n'),
    );
  });
});

describe('small tools', () => {
  it.each<[string, Ran]>([
    ['hostname', said(0, 'WORKSTATION\r\n')],
    ['whoami', said(0, 'workstation\\user\r\n')],
    ['where ping', said(0, 'C:\\Windows\\System32\\ping.exe\r\n')],
    ['where nothing', said(1, '', 'INFO: Could not find files for the given pattern(s).\r\n')],
    ['timeout /t 5', said(1, '', 'ERROR: Input redirection is not supported, exiting the process immediately.\r\n')],
    ['net use', said(0, 'New connections will be remembered.\r\n\r\nThere are no entries in the list.\r\n\r\n')],
    [
      'net use X: \\\\nobody\\home',
      said(2, '', 'System error 53 has occurred.\r\n\r\nThe network path was not found.\r\n\r\n'),
    ],
    [
      'net start nothing',
      said(2, '', 'The service name is invalid.\r\n\r\nMore help is available by typing NET HELPMSG 2185.\r\n\r\n'),
    ],
    ['hcsdiag list', said(0x8007_0005, '', 'Access is denied. (0x80070005)\r\n')],
    ['findstr', said(2, '', 'FINDSTR: Bad command line\r\n')],
  ])('%s', async (line, expected) => {
    expect(await host.run(line)).toEqual(expected);
  });

  it('names itself in a container by the container', async () => {
    expect((await silo.run('whoami')).out).toBe('user manager\\containeradministrator\r\n');
    expect((await silo.run('hostname')).out.toLowerCase()).toBe('a\r\n');
  });

  it('list only the own processes in a container, and all on the host', async () => {
    const inside = (await silo.run('tasklist /fo csv /nh')).out;
    const outside = (await host.run('tasklist /fo csv /nh')).out;
    expect([inside.includes('CExecSvc.exe'), inside.includes('"System"'), outside.includes('CExecSvc.exe')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('tasklist /fi', () => {
  it('keeps what matches, and refuses a filter that it does not know', async () => {
    const kept = (await silo.run('tasklist /fi "imagename eq CExec*" /fo csv /nh')).out;
    expect(kept).toMatch(/^"CExecSvc\.exe","\d+",[^\n]+\r\n$/);
    expect(await silo.run('tasklist /fi "colour eq red"')).toEqual({
      code: 1,
      out: '',
      err: 'ERROR: The search filter cannot be recognized.\r\n',
    });
  });
});

describe('hcsdiag list -raw', () => {
  it('names the silo of every container to an administrator', async () => {
    const { code, out } = await world.host('elevated').run('hcsdiag list -raw');
    const [system] = world.machine.computeSystems();
    expect([code, JSON.parse(out)]).toEqual([
      0,
      [
        {
          Id: 'a'.padEnd(64, '0'),
          SystemType: 'Container',
          Owner: 'docker',
          RuntimeId: system?.containerGuid,
          State: 'Running',
          RuntimeOsType: 'Windows',
          ObRoot: `\\\\.\\Silos\\${system?.siloId}`,
        },
      ],
    ]);
  });
});
