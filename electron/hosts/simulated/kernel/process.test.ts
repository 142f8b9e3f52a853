import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Process, ProgramContext, SpawnRequest } from '../machine.ts';
import { programNames } from './program-search.ts';
import { systemCallError } from './status.ts';
import { nowhere, programText, refusal, TestKernel, Transcript } from './testing/boot.ts';
import { Meeting } from './testing/meeting.ts';

let kernel: TestKernel;
let kept: Meeting<ProgramContext>;
beforeEach(() => {
  kept = new Meeting();
  kernel = new TestKernel(
    {
      hostFiles: {
        'C:\\tools\\my args.exe': programText('args'),
        'C:\\tools\\text.exe': 'not a program',
        'C:\\tools\\unknown.exe': programText('nobody'),
        'C:\\tools\\args.com': programText('args'),
        'C:\\path dir\\onpath.exe': 'program:exit',
      },
    },
    {
      keep: given => {
        kept.arrive(given);
        return new Promise(() => undefined);
      },
      status: () => Promise.reject(systemCallError(0xc0000022)),
      bug: () => Promise.reject(new TypeError('a bug of the program')),
    },
  );
});
afterEach(() => kernel.dispose());

const spawn = (commandLine: string, options: Partial<SpawnRequest> = {}): Promise<Process> =>
  kernel.machine.spawn(kernel.machine.subjects.user, { commandLine, stdout: nowhere, stderr: nowhere, ...options });

/** The program's view of itself, once it runs. */
async function inside(commandLine: string, options: Partial<SpawnRequest> = {}): Promise<[ProgramContext, Process]> {
  const process = await spawn(commandLine, options);
  return [await kept.meet(), process];
}

describe('starting a program', () => {
  it.each([
    ['exit 7', 7],
    ['EXIT.EXE 7', 7],
    ['"exit" 7', 7],
    ['C:\\Windows\\System32\\exit 7', 7],
    ['c:/windows/system32/exit.exe 7', 7],
    ['"C:\\tools\\my args.exe" x', 0],
    ['C:\\tools\\my args x', 0],
    ['exit 4294967295', 0xffff_ffff],
    ['exit -1', 0xffff_ffff],
  ])('%s ends with %i', async (commandLine, exitCode) => {
    const process = await spawn(commandLine);
    expect(await process.ended).toBe(exitCode);
  });

  it.each([
    ['missing', 2],
    ['C:\\tools\\missing.exe', 2],
    ['C:\\missing\\missing.exe', 3],
    ['Q:\\missing.exe', 3],
    ['C:\\tools\\text.exe', 193],
    ['C:\\tools\\unknown', 193],
    ['args.com', 2],
    ['""', 2],
  ])('%s fails with Win32 error %i', async (commandLine, win32) => {
    await expect(spawn(commandLine)).rejects.toMatchObject({ win32 });
  });

  it('looks in the working directory and on the path', async () => {
    expect(await (await spawn('args.com', { cwd: 'C:\\tools' })).ended).toBe(0);
    expect(await (await spawn('.\\args.com', { cwd: 'C:\\tools\\' })).ended).toBe(0);
    const environment = { PATH: 'C:\\nothing;"C:\\path dir"' };
    expect(await (await spawn('onpath 9', { environment })).ended).toBe(9);
  });

  it('needs a working directory that is there', async () => {
    await expect(spawn('exit', { cwd: 'C:\\nothing' })).rejects.toMatchObject({ win32: 267 });
  });

  it('is named after its file and parsed as CommandLineToArgvW does', async () => {
    const stdout = new Transcript();
    const process = await spawn('"C:\\TOOLS\\My Args" "a b" c\\"d "" \\\\', { stdout });
    expect(await process.ended).toBe(0);
    expect(process.imageName).toBe('my args.exe');
    expect(stdout.text).toBe('C:\\TOOLS\\My Args\na b\nc"d\n\n\\\\\n');
  });

  it('from a volume works wherever the file is', async () => {
    const host = await kernel.hostServer();
    await host.win32.winfsp.createVolume({
      operations: kernel.store(programText('exit'), 'exit.exe'),
      processId: host.server.processId,
      prefix: '\\apps\\bin',
    });
    expect(await (await spawn('\\\\apps\\bin\\exit.exe 5')).ended).toBe(5);
  });
});

describe('the names that a command line may mean', () => {
  it.each([
    ['a.exe b c', ['a.exe', 'a.exe b', 'a.exe b c']],
    ['"a b" c', ['a b']],
    ['"a b', ['a b']],
    ['  a  ', ['a']],
    ['C:\\Program Files\\x.exe -u', ['C:\\Program', 'C:\\Program Files\\x.exe', 'C:\\Program Files\\x.exe -u']],
    ['', []],
  ])('%j', (commandLine, names) => {
    expect(programNames(commandLine)).toEqual(names);
  });
});

describe('a running program', () => {
  it('has the environment of its session, found whatever the case', async () => {
    const [{ environment, cwd }] = await inside('keep');
    expect([
      environment.get('systemroot'),
      environment.get('COMPUTERNAME'),
      environment.get('path')?.slice(0, 19),
    ]).toEqual(['C:\\Windows', 'WORKSTATION', 'C:\\Windows\\system32']);
    expect(cwd).toBe('C:\\Windows\\System32');
  });

  it('in a container has the container’s environment and starts in C:\\', async () => {
    const { system } = await kernel.container('box');
    await system.spawn({ commandLine: 'keep', user: '', stdout: nowhere, stderr: nowhere });
    const context = await kept.meet();
    expect(context.cwd).toBe('C:\\');
    expect(['FROM', 'USERNAME', 'COMPUTERNAME'].map(name => context.environment.get(name))).toEqual([
      'container',
      'ContainerAdministrator',
      'BOX',
    ]);
  });

  it.each([
    ['', 'User Manager\\ContainerAdministrator', true],
    ['containeruser', 'User Manager\\ContainerUser', false],
    ['NT AUTHORITY\\SYSTEM', 'NT AUTHORITY\\SYSTEM', true],
  ])('in a container as "%s" is %s', async (user, name, elevated) => {
    const { system } = await kernel.container('box');
    await system.spawn({ commandLine: 'keep', user, stdout: nowhere, stderr: nowhere });
    const context = await kept.meet();
    expect(context.win32.subject).toMatchObject({ user: name, elevated, silo: system.siloId });
  });

  it('is refused to an unknown user of a container', async () => {
    const { system } = await kernel.container('box');
    const spawned = system.spawn({ commandLine: 'keep', user: 'bob', stdout: nowhere, stderr: nowhere });
    await expect(spawned).rejects.toMatchObject({ win32: 1_326 });
  });

  it('hands its environment, its directory and its console down', async () => {
    const [parent] = await inside('keep', { terminal: { rows: 25, columns: 80 }, cwd: 'C:\\tools' });
    await parent.spawn({ commandLine: 'keep', stdout: nowhere, stderr: nowhere });
    const child = await kept.meet();
    expect([child.cwd, child.terminal, child.environment.get('OS')]).toEqual([
      'C:\\tools',
      { rows: 25, columns: 80 },
      'Windows_NT',
    ]);
  });

  it('sees its terminal’s new size', async () => {
    const [program, process] = await inside('keep', { terminal: { rows: 25, columns: 80 } });
    process.resize(50, 132);
    expect(program.terminal).toEqual({ rows: 50, columns: 132 });
  });

  it.each([
    ['a status that it does not handle', 'status', 0xc0000022],
    ['a bug', 'bug', 0xe06d7363],
  ])('ends by %s', async (_, program, exitCode) => {
    const stderr = new Transcript();
    const process = await spawn(program, { stderr });
    expect(await process.ended).toBe(exitCode);
    expect(stderr.text.includes('a bug of the program')).toBe(program === 'bug');
  });
});

describe('a control event', () => {
  it('ends a program that does not handle it with STATUS_CONTROL_C_EXIT', async () => {
    const process = await spawn('forever');
    process.control('ctrl-c');
    expect(await process.ended).toBe(0xc000013a);
  });

  it('reaches the processes on the same console first', async () => {
    const [parent, process] = await inside('keep');
    const child = await parent.spawn({ commandLine: 'forever', stdout: nowhere, stderr: nowhere });
    parent.onControl(() => undefined);
    process.control('ctrl-break');
    expect([child.exitCode, process.exitCode]).toEqual([0xc000013a, undefined]);
  });

  it('is left to the program that handles it, until it takes the handler away', async () => {
    const [program, process] = await inside('keep');
    const events: string[] = [];
    const undo = program.onControl(event => void events.push(event));
    process.control('ctrl-c');
    process.control('shutdown');
    expect([events, process.exitCode]).toEqual([['ctrl-c', 'shutdown'], undefined]);
    undo();
    process.control('ctrl-c');
    expect(await process.ended).toBe(0xc000013a);
  });
});

describe('a terminated process', () => {
  it('is gone at once, with its id given back, and its program reaches nothing any more', async () => {
    const stdout = new Transcript();
    const [program, process] = await inside('keep', { stdout });
    process.terminate(5);
    process.terminate(6);
    expect([process.exitCode, await process.ended, program.signal.aborted]).toEqual([5, 5, true]);
    expect(kernel.machine.processes().map(({ processId }) => processId)).not.toContain(process.processId);
    expect(await program.win32.stat('C:\\').catch(refusal)).toBe('STATUS_PROCESS_IS_TERMINATING');
    expect(await program.stdout.write('late').catch(refusal)).toBe('STATUS_PROCESS_IS_TERMINATING');
    expect(stdout.text).toBe('');
  });
});

describe('the counters of a process', () => {
  it('grow with its age, alike for alike processes, and stop with it', async () => {
    const process = await spawn('forever');
    const young = process.counters();
    kernel.clock.advance(3_600_000);
    const old = process.counters();
    expect(old.userTime).toBeGreaterThan(young.userTime);
    expect(old.kernelTime).toBeGreaterThan(young.kernelTime);
    expect(old.privateWorkingSet).toBeGreaterThanOrEqual(young.privateWorkingSet);
    expect([old.userTime % 156_250, old.kernelTime % 156_250, old.privateWorkingSet % 4_096]).toEqual([0, 0, 0]);
    process.terminate(0);
    kernel.clock.advance(3_600_000);
    expect(process.counters()).toEqual(old);
  });
});

describe('one scenario and seed', () => {
  it('give the same ids each time', async () => {
    const twin = new TestKernel();
    const other = new TestKernel();
    const [a, b] = [await twin.container('a'), await other.container('a')];
    expect([a.system.siloId, a.system.containerGuid]).toEqual([b.system.siloId, b.system.containerGuid]);
    await Promise.all([twin.dispose(), other.dispose()]);
  });
});
