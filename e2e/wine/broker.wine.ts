import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ElevatedSession } from '../../electron/hosts/host.ts';
import { composeBrokerArguments, pipePath } from '../../electron/hosts/this-machine/broker/broker-arguments.ts';
import { openBrokerDoor } from '../../electron/hosts/this-machine/broker/broker-door.ts';
import { localElevation } from '../../electron/hosts/this-machine/broker/local-elevation.ts';
import { forkHelper, startByNode } from '../../electron/hosts/this-machine/helper-process.ts';
import { loadElevationCalls } from '../../electron/hosts/this-machine/nt/elevation-calls.ts';
import { createThisMachine } from '../../electron/hosts/this-machine/this-machine.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import { SILO, SILO_DEVICES, SILO_ID } from './staged.ts';

const script = fileURLToPath(new URL('../../electron/hosts/this-machine/broker/broker-process.ts', import.meta.url));

// What Wine cannot show: a prompt. Its `runas` starts the program at once, as the same user.
describe('a broker that Windows starts', () => {
  const elevation = localElevation({
    clock: systemClock,
    startHelper: startByNode,
    isHeld: () => false,
    isInteractive: () => true,
    perform: () => Promise.reject(new Error('nothing is done in this process')),
  });
  const ask = async (purpose: Parameters<typeof elevation.ask>[0]): Promise<ElevatedSession> => {
    const answer = await elevation.ask(purpose);
    if (answer.outcome !== 'granted') throw new Error(answer.outcome);
    return answer.session;
  };
  let session: ElevatedSession;
  beforeAll(async () => {
    session = await ask('look-into-silos');
  });
  afterAll(() => session.dispose());

  it('lists silos and what is in them', async () => {
    expect(await session.perform({ act: 'list-objects', path: '\\Silos' })).toEqual({
      kind: 'entries',
      entries: [{ name: String(SILO_ID), type: 'Directory' }],
    });
    const listed = await session.perform({ act: 'list-objects', path: `${SILO}\\Device` });
    const names = listed.kind === 'entries' ? listed.entries.map(({ name }) => name) : [];
    expect(new Set(names)).toEqual(new Set(SILO_DEVICES.map(({ name }) => name)));
  });

  it('reads links, and goes through none', async () => {
    const path = `${SILO}\\Device\\Mup`;
    expect(await session.perform({ act: 'read-link', path })).toEqual({ kind: 'target', target: '\\Device\\Mup' });
    expect(await session.perform({ act: 'list-objects', path })).toEqual({ kind: 'refused', refused: 'wrong-type' });
  });

  it('answers many at once', async () => {
    const paths = Array.from({ length: 200 }, () => `${SILO}\\Device\\Mup`);
    const answers = await Promise.all(paths.map(path => session.perform({ act: 'read-link', path })));
    expect(answers).toEqual(paths.map(() => ({ kind: 'target', target: '\\Device\\Mup' })));
  });

  it('runs nothing of another purpose', async () => {
    await expect(session.perform({ act: 'unload-fsd' })).rejects.toMatchObject({ fault: { code: 'access-denied' } });
  });

  it('is gone after the first act that is more than a look, with the exit code of a program of Windows', async () => {
    const one = await ask('start-engine');
    const answer = await one.perform({ act: 'start-engine-service', service: 'com.docker.service' });
    expect(answer).toMatchObject({
      kind: 'ran',
      ran: { argv: ['C:\\windows\\System32\\sc.exe', 'start', 'com.docker.service'] },
    });
    const again = one.perform({ act: 'start-engine-service', service: 'docker' });
    await expect(again).rejects.toMatchObject({ fault: { code: 'elevation-lost' } });
  });

  it('serves as it is built, beside the command line', async () => {
    const beside = (name: string): URL => new URL(`../../out/cli/${name}.js`, import.meta.url);
    const built = localElevation({
      clock: systemClock,
      startHelper: helper => forkHelper(beside(helper)),
      program: { file: process.execPath, before: [fileURLToPath(beside('broker-process'))] },
      isHeld: () => false,
      isInteractive: () => true,
      perform: () => Promise.reject(new Error('nothing is done in this process')),
    });
    const answer = await built.ask('look-into-silos');
    if (answer.outcome !== 'granted') throw new Error(answer.outcome);
    expect(await answer.session.perform({ act: 'list-objects', path: '\\Silos' })).toMatchObject({ kind: 'entries' });
    await answer.session.dispose();
  });

  it('names the error of Windows when the program cannot be started', async () => {
    const broken = localElevation({
      clock: systemClock,
      startHelper: startByNode,
      program: { file: 'C:\\no such program.exe', before: [] },
      isHeld: () => false,
      isInteractive: () => true,
      perform: () => Promise.reject(new Error('nothing is done in this process')),
    });
    const fault = await broken
      .ask('unload-fsd')
      .catch((caught: unknown) => (caught instanceof FaultError ? caught.fault : caught));
    expect(fault).toMatchObject({ code: 'access-denied', raw: 'ShellExecuteEx: Win32 error 2' });
  });
});

describe('a broker process', () => {
  /** Runs one to its end; answers its exit code. */
  const run = (argv: readonly string[]): Promise<number | null> =>
    new Promise(resolve => {
      spawn(process.execPath, [script, ...argv], { stdio: 'ignore' }).once('exit', resolve);
    });

  it('ends with its asker', async () => {
    const door = await openBrokerDoor('look-into-silos', systemClock);
    const ended = run(composeBrokerArguments(door.arguments));
    const admitted = await door.admitted;
    await admitted.dispose();
    expect(await ended).toBe(0);
  });

  it.each([
    ['the pipe of another process than it was told of', 4, { askerProcessId: 4 }],
    ['no pipe', 4, { pipe: 'f'.repeat(32) }],
    ['no secret', 2, { secretFile: 'C:\\windows\\win.ini' }],
  ])('does not serve at %s', async (_what, exitCode, wrong) => {
    const door = await openBrokerDoor('look-into-silos', systemClock);
    expect(await run(composeBrokerArguments({ ...door.arguments, ...wrong }))).toBe(exitCode);
    door.close();
  });

  // A read that nobody answers must keep neither the handle nor the process: an administrator's would stay for good. Wine
  // ends such a read with its handle, where Windows waits for it: that it was cancelled does not show here.
  it('ends though whoever it called never says a word', { timeout: 60_000 }, async () => {
    const door = await openBrokerDoor('look-into-silos', systemClock);
    const pipe = 'a'.repeat(32);
    const mute = createServer();
    const callers: Socket[] = [];
    mute.on('connection', caller => callers.push(caller));
    await new Promise<void>(resolve => mute.listen(pipePath(pipe), resolve));
    expect(await run(composeBrokerArguments({ ...door.arguments, pipe }))).toBe(5);
    expect(callers).toHaveLength(1);
    for (const caller of callers) caller.destroy();
    mute.close();
    door.close();
  });

  it('does not serve one that holds another secret', async () => {
    const door = await openBrokerDoor('look-into-silos', systemClock);
    writeFileSync(door.arguments.secretFile, 'e'.repeat(64));
    expect(await run(composeBrokerArguments(door.arguments))).toBe(0);
    door.close();
  });
});

describe('the rights of this process', () => {
  it('are read from its token', async () => {
    const calls = await loadElevationCalls();
    const machine = await createThisMachine();
    const state = calls.isElevated() ? { state: 'held' } : { state: 'can-ask' };
    expect(await machine.elevation?.state()).toEqual(state);
    await machine.dispose();
  });

  it('do as the broker would where they suffice', async context => {
    const machine = await createThisMachine();
    const held = (await machine.elevation?.state())?.state === 'held';
    const answer = held ? await machine.elevation?.ask('look-into-silos') : undefined;
    const listed =
      answer?.outcome === 'granted'
        ? await answer.session.perform({ act: 'list-objects', path: '\\Silos' })
        : undefined;
    await machine.dispose();
    if (!held) return context.skip('Wine says that this process is no administrator');
    expect(listed).toEqual({ kind: 'entries', entries: [{ name: String(SILO_ID), type: 'Directory' }] });
  });

  it('finds the folder of Windows by the registry', async () => {
    const calls = await loadElevationCalls();
    expect(calls.readMachineText('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'CurrentBuildNumber')).toBe(
      '18362',
    );
    expect(calls.readMachineText('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'NoSuchValue')).toBeUndefined();
  });
});
