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
import { measureBrowser, PAGE_PARTS } from './browser.ts';
import { measureIdle } from './idling.ts';
import { measureInspection } from './inspecting.ts';
import { measureJournal } from './journal.ts';
import { measureLaunches } from './launching.ts';
import { measureRealEngine } from './real-engine.ts';
import { measureStarts } from './starting.ts';
import { drawTable, type Row } from './table.ts';
import {
  measureChanges,
  measureLiveChanges,
  measureLiveFindings,
  measureRule,
  measureRuleMemory,
} from './visibility.ts';
import { measureWalk } from './walking.ts';

const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    launches: { type: 'string', default: '100' },
    'without-browser': { type: 'boolean', default: false },
    /** One part by itself, or several. */
    only: { type: 'string', multiple: true },
  },
});
const PARTS = ['services', 'start', 'idle', 'walk', ...PAGE_PARTS] as const;
const unheard = values.only?.find(part => !PARTS.some(known => known === part));
if (unheard !== undefined) throw new RangeError(`--only takes ${PARTS.join(', ')}`);
const isWanted = (part: string): boolean => values.only?.includes(part) !== false;
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

async function measureServices(): Promise<Row[]> {
  const few = await measureInspection(200);
  const many = await measureInspection(1_000);
  const rows = [
    few.row,
    many.row,
    {
      what: 'growth of a full inspection from 200 to 1,000 silos (5 = linear)',
      ours: (many.ms / few.ms).toFixed(2),
    },
    measureRule(1_000),
    ...measureChanges(1_000),
    ...measureLiveChanges(1_000),
    ...measureLiveFindings(1_000),
    measureRuleMemory(1_000),
    ...(await measureJournal(1_000_000)),
    ...(await launchOnSimulatedEngine()),
  ];
  const real = await measureRealEngine(launches);
  return real === undefined ? rows : [...rows, real];
}

const rows: Row[] = [];
if (isWanted('services')) rows.push(...(await measureServices()));
if (isWanted('walk')) rows.push(...(await measureWalk()));
if (isWanted('start')) rows.push(...(await measureStarts()));
if (isWanted('idle')) rows.push(...(await measureIdle(200)));
if (!values['without-browser']) rows.push(...(await measureBrowser(PAGE_PARTS.filter(isWanted))));

const machine = { node: process.version, platform: process.platform, cores: cpus().length };
process.stdout.write(`${drawTable(rows)}\n`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
