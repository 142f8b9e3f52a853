import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ran } from '../../../hosts/host.ts';
import { run } from '../run.ts';
import { captureIo } from '../testing/captured-io.ts';
import { REAL_DOORS } from '../testing/real-doors.ts';
import { commandLineOf, readSid, signInCommand, taskXml } from './sign-in-entry.ts';
import type { OwnMachine } from './sign-in-start.ts';

const SID = 'S-1-5-21-1004336348-1177238915-682003330-1001';
const NODE = 'C:\\Users\\Zoë\\AppData\\Local\\Programs\\Siloscope\\resources\\cli\\node.exe';
const SCRIPT = 'C:\\Users\\Zoë\\AppData\\Local\\Programs\\Siloscope\\resources\\cli\\out\\cli\\main.js';
const SHORT = ['C:\\Siloscope\\node.exe', 'C:\\Siloscope\\main.js'];

/** A Windows of which only the Run key and the tasks are there, with what was asked of it. */
function machine(installationType: string, program: readonly string[] = SHORT) {
  const values = new Map<string, string>();
  const tasks = new Map<string, string>();
  const asked: string[] = [];
  const files = new Map<string, Uint8Array>();
  const answer = (argv: readonly string[], exitCode: number, stdout = ''): Ran => ({
    argv,
    exitCode,
    stdout,
    stderr: '',
    elapsedMs: 1,
  });
  const own: OwnMachine = {
    program,
    systemRoot: 'C:\\Windows',
    run: argv => {
      const [exe = '', verb = '', key = '', , name = ''] = argv;
      const place = `${key}\\${name}`;
      if (exe === 'reg.exe' && verb === 'query' && name === 'InstallationType') {
        return Promise.resolve(answer(argv, 0, `\r\n${key}\r\n    ${name}    REG_SZ    ${installationType}\r\n`));
      }
      if (exe === 'reg.exe' && verb === 'query') {
        const data = values.get(place);
        const type = key.includes('Approved') ? 'REG_BINARY' : 'REG_SZ';
        const text = `\r\nHKEY_CURRENT_USER${key.slice(4)}\r\n    ${name}    ${type}    ${data}\r\n`;
        return Promise.resolve(data === undefined ? answer(argv, 1) : answer(argv, 0, text));
      }
      if (exe === 'schtasks.exe' && verb === '/query') {
        return Promise.resolve(
          tasks.has(argv[3] ?? '') ? answer(argv, 0, `"\\${argv[3]}","N/A","Ready"\r\n`) : answer(argv, 1),
        );
      }
      asked.push(argv.join(' | '));
      if (exe === 'whoami.exe') return Promise.resolve(answer(argv, 0, `"box\\zoë","${SID}"\r\n`));
      if (exe === 'reg.exe' && verb === 'add') values.set(place, argv[8] ?? '');
      if (exe === 'reg.exe' && verb === 'delete') values.delete(place);
      if (exe === 'schtasks.exe' && verb === '/create') {
        tasks.set(argv[3] ?? '', Buffer.from(files.get(argv[5] ?? '') ?? []).toString('utf16le'));
      }
      if (exe === 'schtasks.exe' && verb === '/delete') tasks.delete(argv[3] ?? '');
      return Promise.resolve(answer(argv, 0));
    },
    async withFile(content, use) {
      files.set('C:\\Temp\\task.xml', content);
      try {
        return await use('C:\\Temp\\task.xml');
      } finally {
        files.clear();
      }
    },
  };
  const serve = async (...argv: readonly string[]) => {
    const io = captureIo({ platform: 'win32' });
    const exitCode = await run(['serve', ...argv, '--json'], io, {
      ...REAL_DOORS,
      ownMachine: () => Promise.resolve(own),
    });
    return { exitCode, json: JSON.parse(io.out() || io.err()) as unknown };
  };
  return { own, values, tasks, asked, serve };
}

const RUN = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const COMMAND =
  'C:\\Windows\\System32\\cmd.exe /c start "Siloscope serve" /min C:\\Siloscope\\node.exe C:\\Siloscope\\main.js serve --host local --port 8437';

describe('siloscope serve --at-sign-in', () => {
  it('on writes one value of the Run key, and off takes it away', async () => {
    const { serve, asked, values } = machine('Client');
    expect(await serve('--at-sign-in', 'show')).toEqual({ exitCode: 0, json: { atSignIn: 'off' } });
    const on = { atSignIn: 'on', by: 'run-key', command: COMMAND };
    expect(await serve('--at-sign-in', 'on', '--port', '8437')).toEqual({ exitCode: 0, json: on });
    expect(await serve('--at-sign-in', 'show')).toEqual({ exitCode: 0, json: on });
    expect(await serve('--at-sign-in', 'off')).toEqual({ exitCode: 0, json: { atSignIn: 'off' } });
    expect(asked).toEqual([
      `reg.exe | add | ${RUN} | /v | Siloscope serve | /t | REG_SZ | /d | ${COMMAND} | /f`,
      `reg.exe | delete | ${RUN} | /v | Siloscope serve | /f`,
    ]);
    expect([...values]).toEqual([]);
  });

  it.each([
    ['on Server Core, which has no Explorer', 'Server Core', SHORT],
    ['where the line is longer than the Run key takes', 'Client', [NODE, SCRIPT, '--title', 'x'.repeat(100)]],
  ])('is a task for this one user %s', async (_, type, program) => {
    const { serve, asked, tasks } = machine(type, program);
    expect((await serve('--at-sign-in', 'on', '--host', 'ssh://me@build-7')).json).toMatchObject({ by: 'task' });
    expect((await serve('--at-sign-in', 'show')).json).toEqual({ atSignIn: 'on', by: 'task' });
    const xml = tasks.get('Siloscope serve') ?? '';
    expect(xml.startsWith('\uFEFF<?xml version="1.0" encoding="UTF-16"?>')).toBe(true);
    expect(xml).toContain(`<LogonTrigger><Enabled>true</Enabled><UserId>${SID}</UserId></LogonTrigger>`);
    expect(xml).toContain('serve --host ssh://me@build-7</Arguments>');
    expect(await serve('--at-sign-in', 'off')).toEqual({ exitCode: 0, json: { atSignIn: 'off' } });
    expect(asked).toEqual([
      'whoami.exe | /user | /fo | csv | /nh',
      'schtasks.exe | /create | /tn | Siloscope serve | /xml | C:\\Temp\\task.xml | /f',
      'schtasks.exe | /delete | /tn | Siloscope serve | /f',
    ]);
  });

  it('says that the user switched it off in Task Manager, and switches it on again when asked', async () => {
    const { serve, values } = machine('Client');
    const approved =
      'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run\\Siloscope serve';
    await serve('--at-sign-in', 'on');
    values.set(approved, '030000001B8D6A4F8F5CDA01');
    expect((await serve('--at-sign-in', 'show')).json).toMatchObject({ atSignIn: 'switched-off-in-windows' });
    values.set(approved, '020000000000000000000000');
    expect((await serve('--at-sign-in', 'show')).json).toMatchObject({ atSignIn: 'on' });
    values.set(approved, '030000001B8D6A4F8F5CDA01');
    expect((await serve('--at-sign-in', 'on')).json).toMatchObject({ atSignIn: 'on' });
    expect(values.has(approved)).toBe(false);
  });

  it('says what Windows said when it refuses', async () => {
    const { own } = machine('Client');
    const refusing: OwnMachine = {
      ...own,
      run: async (argv, signal) =>
        argv[1] === 'add'
          ? { argv, exitCode: 1, stdout: '', stderr: 'ERROR: Access is denied.\r\n', elapsedMs: 1 }
          : own.run(argv, signal),
    };
    const io = captureIo({ platform: 'win32' });
    const doors = { ...REAL_DOORS, ownMachine: () => Promise.resolve(refusing) };
    expect(await run(['serve', '--at-sign-in', 'on'], io, doors)).toBe(5);
    expect(io.err()).toContain('Access is denied');
  });

  it.each([
    [['--at-sign-in', 'on', '--scenario', 'default'], 'expected a real host'],
    [['--at-sign-in', 'on', '--host', 'simulated'], 'expected a real host'],
    [['--at-sign-in', 'maybe'], 'Allowed choices are on, off, show'],
  ])('refuses %j', async (argv, sentence) => {
    const { serve, asked } = machine('Client');
    const { exitCode, json } = await serve(...argv);
    expect({ exitCode, text: JSON.stringify(json) }).toEqual({ exitCode: 2, text: expect.stringContaining(sentence) });
    expect(asked).toEqual([]);
  });

  it('is refused where there is no Windows', async () => {
    const io = captureIo({ platform: 'linux' });
    expect(await run(['serve', '--at-sign-in', 'on'], io, REAL_DOORS)).toBe(2);
    expect(io.err()).toContain('this needs Windows');
  });
});

describe('the command that Windows starts', () => {
  it('has every word where it belongs, whatever the folder is called', () => {
    expect(commandLineOf(signInCommand(['C:\\A & B\\100%\\node.exe', 'C:\\A & B\\m.js', 'serve'], 'C:\\Windows'))).toBe(
      'C:\\Windows\\System32\\cmd.exe /c start "Siloscope serve" /min ^"C:\\A^ ^& B\\100^%\\node.exe^" "C:\\A & B\\m.js" serve'.replace(
        'A^ ^&',
        'A ^&',
      ),
    );
  });

  it('stands in the task as text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const xml = taskXml({ program: 'cmd.exe', arguments: text }, SID);
        const inner = /<Arguments>([^<]*)<\/Arguments>/.exec(xml)?.[1] ?? '';
        const read = inner.replace(
          /&(amp|lt|gt|quot);/g,
          (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '"',
        );
        expect(read).toBe(text);
      }),
    );
  });

  it.each([
    [`"box\\zoë","${SID}"\r\n`, SID],
    ['ERROR: access', undefined],
  ])('is for the user of whom whoami says %j', (text, sid) => {
    expect(readSid(text)).toBe(sid);
  });
});
