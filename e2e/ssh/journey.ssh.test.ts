import { afterAll, beforeAll, expect, it } from 'vitest';
import { assetScenario } from '../../electron/hosts/simulated/testing/scenarios.ts';
import { run } from '../../electron/shells/cli/run.ts';
import { captureIo } from '../../electron/shells/cli/testing/captured-io.ts';
import { openLocalServices } from '../../electron/shells/serving/local-services.ts';
import { startWebServer } from '../../electron/shells/serving/web-server.ts';
import { describeLane } from './describe-lane.ts';
import { type Lane, openLane } from './lane.ts';

describeLane("the newcomer's journey, by the command line", () => {
  let lane: Lane;
  const home = process.env['HOME'];
  const agent = process.env['SSH_AUTH_SOCK'];
  beforeAll(async () => {
    lane = await openLane(assetScenario('default'));
    process.env['HOME'] = await lane.userHome();
    delete process.env['SSH_AUTH_SOCK'];
  });
  afterAll(async () => {
    if (home !== undefined) process.env['HOME'] = home;
    if (agent !== undefined) process.env['SSH_AUTH_SOCK'] = agent;
    await lane.dispose();
  });

  const ran = async (...argv: readonly string[]): Promise<{ readonly exitCode: number; readonly answer: unknown }> => {
    const io = captureIo();
    const doors = { openServices: openLocalServices, startWebServer };
    const exitCode = await run(['--host', lane.sshd.url, '--json', ...argv], io, doors);
    return { exitCode, answer: JSON.parse(io.out()) };
  };

  it('finds what is ready, launches, proves the leak, and stops', async () => {
    expect(await ran('doctor')).toMatchObject({ exitCode: 0, answer: { ready: true } });
    expect(await ran('launch', 'memfs-disk', '--name', 'quiet')).toMatchObject({ exitCode: 0 });
    expect(await ran('launch', 'memfs-network', '--name', 'loud')).toMatchObject({ exitCode: 0 });
    expect(await ran('inspect', '--probe', '--canary')).toMatchObject({
      exitCode: 0,
      answer: {
        host: { id: lane.sshd.url },
        volumes: expect.arrayContaining([
          expect.objectContaining({ kind: 'disk', verdict: 'private' }),
          expect.objectContaining({
            kind: 'network',
            verdict: 'leaked',
            visibility: expect.arrayContaining([
              expect.objectContaining({
                namespace: 'host',
                visible: 'yes',
                evidence: expect.objectContaining({ rank: 'canary' }),
              }),
            ]),
          }),
        ]),
      },
    });
    expect(await ran('stop', 'loud')).toMatchObject({ exitCode: 0 });
    expect(await ran('stop', 'quiet')).toMatchObject({ exitCode: 0 });
  }, 180_000);
});
