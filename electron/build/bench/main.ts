import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { systemClock } from '../../../shared/base/clock.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { serve } from '../../../shared/wire/serve.ts';
import { Scenario } from '../../hosts/simulated/scenario/schema.ts';
import { createSimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { createServices } from '../../services/services.ts';
import { measureBrowser } from './browser.ts';
import { measureInspection } from './inspecting.ts';
import { measureJournal } from './journal.ts';
import { measureLaunches } from './launching.ts';
import { measureRealEngine } from './real-engine.ts';
import { drawTable, type Row } from './table.ts';
import { measureChanges, measureRule, measureRuleMemory } from './visibility.ts';

const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    launches: { type: 'string', default: '100' },
    'without-browser': { type: 'boolean', default: false },
  },
});
const launches = Number(values.launches);
if (!Number.isInteger(launches) || launches < 1) throw new RangeError('--launches takes a whole number from 1');

async function launchOnSimulatedEngine(): Promise<Row[]> {
  const host = await createSimulatedHost({
    scenario: Scenario.parse({
      name: 'bench',
      winfsp: { fsd: 'running' },
      images: [{ reference: IMAGE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    }),
  });
  const listening = await host.listenEngine('tcp://127.0.0.1:0');
  const services = createServices(host, { clock: systemClock });
  const [near, far] = memoryChannelPair();
  const serving = serve(contract, far, {
    ...services.handlers,
    'host.list': () => ({ hosts: [] }),
    'host.open': () => Promise.reject(new Error('one host is enough here')),
  });
  const client = connect(contract, near);
  try {
    return await measureLaunches(client, listening.endpoint, IMAGE, launches);
  } finally {
    client.dispose();
    serving.dispose();
    await services.dispose();
    listening.dispose();
    await host.dispose();
  }
}

const rows: Row[] = [];
const few = await measureInspection(200);
const many = await measureInspection(1_000);
const growth = many.ms / few.ms;
rows.push(few.row, many.row, {
  what: 'growth of a full inspection from 200 to 1,000 silos (5 = linear)',
  ours: growth.toFixed(2),
});
rows.push(measureRule(1_000), ...measureChanges(1_000), measureRuleMemory(1_000));
rows.push(...(await measureJournal(1_000_000)));
rows.push(...(await launchOnSimulatedEngine()));
const real = await measureRealEngine(launches);
if (real !== undefined) rows.push(real);
if (!values['without-browser']) rows.push(...(await measureBrowser()));

const machine = { node: process.version, platform: process.platform, cores: cpus().length };
process.stdout.write(`${drawTable(rows)}\n`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
