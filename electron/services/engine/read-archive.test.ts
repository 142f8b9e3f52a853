import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { GOOD_HOST, openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { createEngineConnection, type EngineConnection } from './engine-connection.ts';
import { putFiles } from './put-files.ts';
import { readArchive } from './read-archive.ts';

const LIMITS = { mostBytes: 100, mostFiles: 3 };

let host: SimulatedServices;
let connection: EngineConnection;
beforeEach(async () => {
  host = await openSimulatedServices(GOOD_HOST);
  connection = createEngineConnection(host.host, systemClock, 'the pipe');
  await connection.order('create', docker => docker.createContainer({ name: 'ended', Image: SERVERCORE }));
  await putFiles(connection, 'ended', [
    { path: 'C:\\cache\\a.txt', text: 'a' },
    { path: 'C:\\cache\\inner\\b.txt', text: 'bb' },
  ]);
});
afterEach(async () => {
  connection.dispose();
  await host.dispose();
});

const read = async (path: string, limits = LIMITS) =>
  (await readArchive(connection, 'ended', path, limits))?.map(file => [file.path, file.bytes.toString()]);

describe('what lies on the disk of a container', () => {
  it.each<[string, string[][] | undefined]>([
    [
      'C:\\cache',
      [
        ['a.txt', 'a'],
        ['inner/b.txt', 'bb'],
      ],
    ],
    ['C:\\cache\\inner\\b.txt', [['b.txt', 'bb']]],
    ['C:\\nowhere', undefined],
  ])('%s', async (path, files) => {
    expect(await read(path)).toEqual(files);
  });

  it.each([
    ['bytes', { ...LIMITS, mostBytes: 2 }],
    ['files', { ...LIMITS, mostFiles: 1 }],
  ])('is not read beyond a limit of %s', async (_, limits) => {
    await expect(read('C:\\cache', limits)).rejects.toMatchObject({
      fault: { code: 'invalid-input', issues: [{ message: expect.stringContaining('docker cp ended:C:\\cache .') }] },
    });
  });
});
