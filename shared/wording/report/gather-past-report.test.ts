import { describe, expect, it } from 'vitest';
import type { AskPart } from '../../contract/report.ts';
import type { JournalMoment } from '../../domain/journal-moment.ts';
import { composeReport } from './compose-report.ts';
import { gatherPastReport } from './gather-past-report.ts';
import { reportSarif } from './report-sarif.ts';
import { worldOf } from './testing/sample-report.ts';

const AT = '2026-11-21T09:00:00.000Z';
const MOMENT: JournalMoment = {
  at: AT,
  sequence: 7,
  watched: true,
  first: 1,
  last: 9,
  volumes: [],
  namespaces: [],
  findings: [],
  gaps: { first: [], more: 0, since: 3 },
};
const WINDOWS = {
  build: 20_348,
  revision: 3_932,
  displayVersion: '21H2',
  edition: 'Windows Server 2022',
  productType: 'server',
  architecture: 'x64',
} as const;
const THEN: JournalMoment = {
  ...MOMENT,
  host: { windows: WINDOWS, winfsp: { service: 'WinFsp', version: '1.12' }, engine: { version: '20.10.9' } },
  fsd: { state: 'stopped', service: 'WinFsp' },
  engine: 'lost',
};

/** A Siloscope on a host of today, whose journal knows that moment. */
const asked = async (moment: JournalMoment) => {
  const { snapshot, journal } = worldOf({});
  const answers: Readonly<Record<string, unknown>> = {
    'snapshot.take': 'is' in snapshot ? snapshot.is : undefined,
    'journal.read': 'is' in journal ? journal.is : undefined,
    'journal.moment': moment,
  };
  const ask = (async name => answers[name]) as AskPart;
  const { parts } = await gatherPastReport('0.0.0', ask, { at: AT });
  const page = await composeReport(parts, { madeAt: AT, depth: { probe: false, canary: false, plainUnc: false } });
  const [run] = (JSON.parse(reportSarif('0.0.0', parts)) as { runs: { properties: object }[] }).runs;
  return { parts, page, sarif: run?.properties };
};

describe('a report about the past', () => {
  it('tells what the host ran then, and nothing of today', async () => {
    const { parts, page, sarif } = await asked(THEN);
    expect(parts.inspection).toMatchObject({ is: { host: { facts: WINDOWS } } });
    expect(parts.snapshot).toMatchObject({
      is: {
        host: { facts: { ...WINDOWS, machineName: 'SERVER22' } },
        fsd: { state: 'stopped', version: '1.12' },
        engine: { reachable: false, version: '20.10.9' },
        fileSystems: [],
      },
    });
    expect(sarif).toMatchObject({ windowsBuild: 20_348 });
    for (const then of ['Windows Server 2022 21H2, build 20348.3932, x64', '1.12, service WinFsp, stopped', '20.10.9'])
      expect(page).toContain(then);
    for (const now of ['26100', '28.5.2', 'of now']) expect([now, page.includes(now)]).toEqual([now, false]);
  });

  it('of which an older Siloscope wrote nothing of the host says so, and shows nothing of today in its place', async () => {
    const { parts, page, sarif } = await asked(MOMENT);
    expect(parts.past?.missing[0]).toMatch(
      /^What version the host had of Windows, WinFsp and the Docker Engine was not recorded/,
    );
    expect(page.match(/<td>not recorded<\/td>/g)).toHaveLength(4);
    expect(sarif).not.toHaveProperty('windowsBuild');
    const shown = page.slice(0, page.indexOf('<footer>'));
    for (const now of ['26100', '24H2', '28.5.2']) expect([now, shown.includes(now)]).toEqual([now, false]);
  });
});
