import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { createStandInEngine, json, type StandInEngine } from '../testing/stand-in-engine.ts';
import { listInSilo } from './list-in-silo.ts';

let engine: StandInEngine;
let connection: EngineConnection;
afterEach(() => {
  connection.dispose();
  engine.dispose();
});

/** An engine that starts no program in its one container, and says so in these words. */
function refusing(complaint: string): void {
  engine = createStandInEngine((_request, response) => json(response, 500, { message: complaint }));
  connection = createEngineConnection(engine.host, systemClock, 'the pipe');
}

const listed = (command: string) =>
  listInSilo(
    { connection, clock: systemClock },
    {
      ref: { id: 'c'.repeat(64), name: 'web', image: 'servercore', isolation: 'process', labels: {}, managed: false },
      state: 'running',
      status: 'Up 3 minutes',
      command,
      mounts: [],
    },
    undefined,
  );

describe('a container in which no fsptool can be started', () => {
  it.each([
    ['in English', 'hcs::System::CreateProcess c: The system cannot find the file specified.: unknown'],
    ['by its number', 'failure in a Windows system call: Das System kann die angegebene Datei nicht finden. (0x2)'],
    ['as an HRESULT', 'hcs::System::CreateProcess c: Datei fehlt.\n[Event Detail: Exception(2) tid(38c) 80070002]'],
  ])('has none where the engine says so %s', async (_how, complaint) => {
    refusing(complaint);
    expect(await listed('cmd.exe')).toEqual({
      reason: 'no fsptool in this container',
      isWinFspExpected: false,
    });
  });

  it('is told of in the words of a Windows that has no English, once, and is not expected to have one', async () => {
    const complaint = 'hcs::System::CreateProcess c: Das System kann die angegebene Datei nicht finden.';
    refusing(`${complaint}\n[Event Detail: CallContext:[\\Bridge]]`);
    const reason = `fsptool could not be started in it: ${complaint}`;
    expect(await listed('cmd.exe')).toEqual({ reason, isWinFspExpected: false });
    expect(await listed('C:\\memfs-x64.exe -m Y:')).toEqual({ reason, isWinFspExpected: true });
    expect(await listed('C:\\tools\\rclone.exe mount remote: X:')).toEqual({ reason, isWinFspExpected: true });
  });

  it('is not one whose engine refuses for another reason', async () => {
    refusing('container c is paused, unpause the container before exec');
    await expect(listed('cmd.exe')).rejects.toMatchObject({ fault: { code: 'engine-refused' } });
  });
});
