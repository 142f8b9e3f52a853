import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Place, type Ran, settle, TestMachine } from '../testing/boot.ts';

let world: TestMachine;
let host: Place;

beforeAll(async () => {
  world = new TestMachine({
    behaviour: { unknownServerMs: 0 },
    hostFiles: { 'C:\\data\\b.txt': 'second\r\n', 'C:\\data\\a.txt': 'first\r\n', 'C:\\data\\inner\\c.log': 'deep' },
  });
  host = world.host();
});
afterAll(() => world.dispose());

const said = (code: number, out: string, err = ''): Ran => ({ code, out, err });

describe('cmd /c', () => {
  it.each<[string, Ran]>([
    ['cmd /c ver', said(0, '\r\nMicrosoft Windows [Version 10.0.26100.4652]\r\n')],
    ['cmd /c echo hello', said(0, 'hello\r\n')],
    ['cmd /c date /t', said(0, 'Sun 11/22/2026 \r\n')],
    ['cmd /c time /t', said(0, '01:48 AM\r\n')],
    ['cmd /c echo.', said(0, '\r\n')],
    ['cmd /c echo', said(0, 'ECHO is on.\r\n')],
    ['cmd /q /c echo', said(0, 'ECHO is off.\r\n')],
    ['cmd /c exit 7', said(7, '')],
    ['cmd /c exit -1', said(0xffff_ffff, '')],
    ['cmd /c "echo a& echo b"', said(0, 'a\r\nb\r\n')],
    ['cmd /c "exit /b 3 || echo no"', said(3, '')],
    ['cmd /c "type nothing.txt || echo saved"', said(0, 'saved\r\n', 'The system cannot find the file specified.\r\n')],
    ['cmd /c "type nothing.txt && echo never"', said(1, '', 'The system cannot find the file specified.\r\n')],
    ['cmd /c type C:\\none\\f.txt', said(1, '', 'The system cannot find the path specified.\r\n')],
    ['cmd /c type C:\\data\\a.txt', said(0, 'first\r\n')],
    ['cmd /c "type C:\\data\\*.txt 2>nul"', said(0, 'first\r\nsecond\r\n')],
    ['cmd /c "echo x> Q:\\f"', said(1, '', 'The system cannot find the path specified.\r\n')],
    [
      'cmd /c frobnicate',
      said(
        1,
        '',
        "'frobnicate' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
      ),
    ],
    ['cmd /v:on /c "frobnicate 2>nul & echo !errorlevel!"', said(0, '9009\r\n')],
    ['cmd /c C:\\nowhere\\x.exe', said(1, '', 'The system cannot find the path specified.\r\n')],
    ['cmd /c "echo %COMPUTERNAME% %NOT_THERE%"', said(0, 'WORKSTATION %NOT_THERE%\r\n')],
    ['cmd /c "set X=abcdef& call echo %X:~1,3%"', said(0, 'bcd\r\n')],
    ['cmd /v:on /c "set X=abcdef& echo !X:~1,3! !X:cd=-!"', said(0, 'bcd ab-ef\r\n')],
    ['cmd /c set USERNA', said(0, 'USERNAME=user\r\n')],
    ['cmd /c set nothing', said(1, '', 'Environment variable nothing not defined\r\n')],
    ['cmd /c "set /a (2+3)*4"', said(0, '20')],
    ['cmd /c "cd /d C:\\data& cd"', said(0, 'C:\\data\r\n')],
    ['cmd /c cd C:\\none', said(1, '', 'The system cannot find the path specified.\r\n')],
    ['cmd /c cd \\\\a\\b', said(1, '', "'\\\\a\\b'\r\nCMD does not support UNC paths as current directories.\r\n")],
    ['cmd /c X:', said(1, '', 'The system cannot find the drive specified.\r\n')],
    ['cmd /c md C:\\data', said(1, '', 'A subdirectory or file C:\\data already exists.\r\n')],
    ['cmd /c rd C:\\data', said(145, '', 'The directory is not empty.\r\n')],
    ['cmd /c del C:\\data\\none.txt', said(0, '', 'Could Not Find C:\\data\\none.txt\r\n')],
    ['cmd /c copy C:\\data\\none.txt C:\\x', said(1, '', 'The system cannot find the file specified.\r\n')],
    ['cmd /c "if exist C:\\data\\a.txt (echo yes) else echo no"', said(0, 'yes\r\n')],
    ['cmd /c "if /i A==a echo same"', said(0, 'same\r\n')],
    [
      'cmd /c "for %i in (1 2) do @echo <%i"',
      said(1, '', 'The system cannot find the file specified.\r\nThe system cannot find the file specified.\r\n'),
    ],
    ['cmd /c "for %i in (1 2) do @echo [%i]"', said(0, '[1]\r\n[2]\r\n')],
    ['cmd /c "for %i in (C:\\data\\*.txt) do @echo %~nxi"', said(0, 'a.txt\r\nb.txt\r\n')],
    [`cmd /c "for /f "tokens=4 delims=. " %i in ('ver') do @echo %i"`, said(0, '10\r\n')],
    [
      'cmd /c "for /l %i in (1,1,2) do echo %i"',
      said(0, '\r\nC:\\Windows\\System32>echo 1 \r\n1\r\n\r\nC:\\Windows\\System32>echo 2 \r\n2\r\n'),
    ],
    ['cmd /c "(echo b& echo a) | sort"', said(0, 'a\r\nb\r\n')],
    ['cmd /c "type C:\\data\\a.txt | find "FIRST" /i"', said(0, 'first\r\n')],
    ['cmd /c "type C:\\data\\a.txt | findstr /r ^f.*t$"', said(0, 'first\r\n')],
    ['cmd /c "(echo a| findstr b) || echo none"', said(0, 'none\r\n')],
    ['cmd /c dir /b C:\\data', said(0, 'a.txt\r\nb.txt\r\ninner\r\n')],
    ['cmd /c dir /s /b C:\\data\\*.log', said(0, 'C:\\data\\inner\\c.log\r\n')],
    ['cmd /c dir /b /a:d C:\\data', said(0, 'inner\r\n')],
    ['cmd /c dir Y:\\', said(1, '', 'The system cannot find the path specified.\r\n')],
    ['cmd /c dir \\\\nobody\\home', said(1, '', 'The network path was not found.\r\n')],
    ['cmd /c "a | "', said(255, '', '| was unexpected at this time.\r\n')],
  ])('%s', async (line, expected) => {
    expect(await host.run(line)).toEqual(expected);
  });
});

describe('dir', () => {
  const volume = / Volume in drive C is Windows\r\n Volume Serial Number is [0-9A-F]{4}-[0-9A-F]{4}\r\n/;

  it('lays a directory out as Windows does', async () => {
    const { out, code } = await host.run('cmd /c dir C:\\data');
    expect(code).toBe(0);
    expect(out.replace(volume, '<volume>').replace(/\S+ bytes free/, '<n> bytes free')).toBe(
      [
        '<volume>',
        ' Directory of C:\\data',
        '',
        '11/22/2026  01:48 AM    <DIR>          .',
        '11/22/2026  01:48 AM    <DIR>          ..',
        '11/22/2026  01:48 AM                 7 a.txt',
        '11/22/2026  01:48 AM                 8 b.txt',
        '11/22/2026  01:48 AM    <DIR>          inner',
        '               2 File(s)             15 bytes',
        '               3 Dir(s) <n> bytes free',
        '',
      ].join('\r\n'),
    );
  });

  it('says that nothing was found', async () => {
    const { out, err, code } = await host.run('cmd /c dir C:\\data\\*.nope');
    expect({ code, err, out: out.replace(volume, '<volume>') }).toEqual({
      code: 1,
      err: 'File Not Found\r\n',
      out: '<volume>\r\n Directory of C:\\data\r\n\r\n',
    });
  });
});

describe('files made by cmd', () => {
  it('are written, appended, copied, renamed, moved and deleted', async () => {
    const script = [
      'md C:\\made\\deep',
      'cd C:\\made',
      'echo one> f.txt',
      'echo two>> f.txt',
      'copy f.txt g.txt',
      'copy /y f.txt+g.txt h.txt',
      'ren g.txt i.txt',
      'move i.txt deep',
      'type deep\\i.txt',
      'rd /s /q deep',
      'del f.txt',
      'dir /b',
    ];
    const ran = await host.run(`cmd /q /c "${script.join('& ')}"`);
    expect(ran).toEqual(
      said(
        0,
        '        1 file(s) copied.\r\nf.txt\r\ng.txt\r\n        1 file(s) copied.\r\n        1 file(s) moved.\r\none\r\ntwo\r\nh.txt\r\n',
      ),
    );
  });

  it('are kept when an ended input is asked to overwrite them', async () => {
    expect(await host.run('cmd /c copy C:\\data\\a.txt C:\\data\\b.txt')).toEqual(
      said(1, 'Overwrite C:\\data\\b.txt? (Yes/No/All): \r\n        0 file(s) copied.\r\n'),
    );
  });
});

describe('cmd reading standard input', () => {
  it('prints its prompt and what it reads', async () => {
    expect(await host.run('cmd', { stdin: 'cd \\data\r\necho hi\r\nexit 4\r\nnever\r\n' })).toEqual(
      said(
        4,
        'Microsoft Windows [Version 10.0.26100.4652]\r\n(c) Microsoft Corporation. All rights reserved.\r\n' +
          '\r\nC:\\Windows\\System32>cd \\data\r\n\r\nC:\\data>echo hi\r\nhi\r\n\r\nC:\\data>exit 4\r\n',
      ),
    );
  });

  it('ends with the input, with the last error level', async () => {
    const { code } = await host.run('cmd /k ver', { stdin: 'type nothing\r\n' });
    expect(code).toBe(1);
  });
});

describe('cmd on a terminal', () => {
  const terminal = { rows: 25, columns: 80 };

  it('echoes keys, edits the line, and gives Ctrl-C to the child that runs', async () => {
    const running = await host.start('cmd /q', { terminal });
    await running.keys.write('ecX\bho hi\r');
    await settle();
    await running.keys.write('ping -t 127.0.0.1\r');
    await settle();
    await running.keys.write('\u0003');
    await settle();
    await running.keys.write('half a line\u0003');
    await settle();
    await running.keys.write('exit 3\r');
    const { code, out } = await running.ended();
    expect({ code, out: out.replace(/^.*reserved\.\r\n/s, '') }).toEqual({
      code: 3,
      out: [
        'ecX\b \bho hi\r\nhi\r\nping -t 127.0.0.1\r\n',
        '\r\nPinging 127.0.0.1 with 32 bytes of data:\r\nReply from 127.0.0.1: bytes=32 time<1ms TTL=128\r\n',
        '\r\nPing statistics for 127.0.0.1:\r\n    Packets: Sent = 1, Received = 1, Lost = 0 (0% loss),\r\n',
        'Approximate round trip times in milli-seconds:\r\n    Minimum = 0ms, Maximum = 0ms, Average = 0ms\r\nControl-C\r\n',
        '^C\r\nexit 3\r\n',
      ].join(''),
    });
  });
});

describe('a line asked for', () => {
  it('ends with the carriage return that a terminal sends, and is echoed and edited', async () => {
    const running = await host.start('cmd /c "set /p X=name? & call echo [%X%]"', {
      terminal: { rows: 25, columns: 80 },
    });
    await settle();
    await running.keys.write('boo\bb\r');
    expect(await running.ended()).toEqual(said(0, 'name? boo\b \bb\r\n[bob]\r\n'));
  });

  it('is taken from the lines of a pipe, and what follows is left to cmd', async () => {
    const { out } = await host.run('cmd /q', { stdin: 'set /p X=\nbob\necho [%X%]\npause\nxecho done\n' });
    expect(out).toMatch(/\[bob\]\r\nPress any key to continue \. \. \. \r\ndone\r\n$/);
  });

  it('is one line of a file that several questions share', async () => {
    await host.run('cmd /c "md C:\\asked& (echo one& echo two)> C:\\asked\\two.txt"');
    const ran = await host.run('cmd /v:on /c "(set /p A= & set /p B=) < C:\\asked\\two.txt & echo !B!!A!"');
    expect(ran).toEqual(said(0, 'twoone\r\n'));
  });

  it('may be the answer to a question, shown when nobody typed it', async () => {
    const ran = await host.run('cmd /c "md C:\\old & echo y| rd /s C:\\old & dir /b C:\\old"');
    expect([ran.out, ran.err]).toEqual(['C:\\old, Are you sure (Y/N)? y\r\n', 'File Not Found\r\n']);
  });
});

describe('a control event for cmd /c', () => {
  it('reaches the program that it waits for', async () => {
    const running = await host.start('cmd /c "ping -t localhost > nul & echo never"');
    await settle();
    running.process.control('ctrl-c');
    expect(await running.ended()).toEqual(said(0xc000_013a, ''));
  });
});

describe('Ctrl-C typed while cmd /c waits for a key', () => {
  it('ends it', async () => {
    const running = await host.start('cmd /c pause', { terminal: { rows: 25, columns: 80 } });
    await settle();
    await running.keys.write('\u0003');
    expect((await running.ended()).code).toBe(0xc000_013a);
  });
});

describe('Ctrl-Break for cmd /c', () => {
  it('makes ping show its statistics and go on', async () => {
    const running = await host.start('cmd /c ping -n 2 127.0.0.1');
    await settle();
    running.process.control('ctrl-break');
    const { code, out } = await running.ended();
    expect([code, out.match(/Sent = \d/g)]).toEqual([0, ['Sent = 1', 'Sent = 2']]);
  });
});

describe('a batch file', () => {
  it('runs with arguments, labels and exit codes', async () => {
    const lines = ['@echo off', 'if "%1"=="" goto none', 'echo got %1 of %*', 'exit /b 5', ':none', 'echo nothing'];
    await world.machine
      .win32(world.machine.subjects.user)
      .write('C:\\t.cmd', new TextEncoder().encode(lines.join('\r\n')), 'replace');
    expect(await host.run('cmd /c C:\\t.cmd one two')).toEqual(said(5, 'got one of one two\r\n'));
    expect(await host.run('cmd /c "call C:\\t.cmd & echo after"')).toEqual(said(0, 'nothing\r\nafter\r\n'));
  });
});
