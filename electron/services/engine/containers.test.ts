import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { startContainer } from './container-orders.ts';
import { listContainers } from './containers.ts';
import { createEngineConnection, type EngineConnection } from './engine-connection.ts';

let open: SimulatedServices;
let connection: EngineConnection;
afterEach(async () => {
  connection.dispose();
  await open.dispose();
});

const container = (name: string, isolation: 'process' | 'hyperv', state: 'running' | 'created' = 'running') => ({
  name,
  image: SERVERCORE,
  isolation,
  state,
});

describe('the isolation of containers', () => {
  it('is asked for once for each, and stays right when one comes later', async () => {
    open = await openSimulatedServices({
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [container('web', 'process'), container('vm', 'hyperv'), container('late', 'hyperv', 'created')],
    });
    connection = createEngineConnection(open.host, systemClock, 'the pipe');
    let asked = 0;
    const counting: EngineConnection = {
      ...connection,
      ask: (what, act, options) => {
        asked++;
        return connection.ask(what, act, options);
      },
    };
    const look = async () => {
      asked = 0;
      const listed = await listContainers(counting, { all: false });
      return [asked, Object.fromEntries(listed.map(({ ref }) => [ref.name, ref.isolation]))];
    };
    const two = { web: 'process', vm: 'hyperv' };
    expect(await look()).toEqual([3, two]);
    expect(await look()).toEqual([1, two]);
    await startContainer(connection, 'late');
    expect(await look()).toEqual([3, { ...two, late: 'hyperv' }]);
    expect(await look()).toEqual([1, { ...two, late: 'hyperv' }]);
  });
});
