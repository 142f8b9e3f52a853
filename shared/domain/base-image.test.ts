import { describe, expect, it } from 'vitest';
import { buildOf, familyOf, imageRows, inCatalogue, judgeImage, nearestImage, supportAt } from './base-image.ts';
import { BASE_IMAGE_CATALOGUE, referenceOf } from './base-image-catalogue.ts';
import { ImageRow } from './image-row.ts';

const IMAGES = [17763, 18362, 18363, 19041, 19042, 20348, 26100];
const servercore = (build: number) => ({
  reference: 'mcr.microsoft.com/windows/servercore:x',
  osVersion: `10.0.${build}.1`,
});

/** Host x image under process isolation: P documented, d exact match on a client, ? sources disagree, h Hyper-V only, n newer. */
const TABLE = [
  //                                             17763 18362 18363 19041 19042 20348 26100
  ['Server 2019', 'server', 17763, '              P     n     n     n     n     n     n'],
  ['Server 1903', 'server', 18362, '              h     P     n     n     n     n     n'],
  ['Server 1909', 'server', 18363, '              h     h     P     n     n     n     n'],
  ['Server 2004', 'server', 19041, '              h     h     h     P     n     n     n'],
  ['Server 20H2', 'server', 19042, '              h     h     h     h     P     n     n'],
  ['Server 2022', 'server', 20348, '              o     o     o     o     o     P     n'],
  ['Server 23H2 (annual)', 'server', 25398, '     o     o     o     o     o     s     n'],
  ['Server 2025', 'server', 26100, '              o     o     o     o     o     s     P'],
  ['Windows 10 1809', 'client', 17763, '          d     n     n     n     n     n     n'],
  ['Windows 10 1903', 'client', 18362, '          h     d     n     n     n     n     n'],
  ['Windows 10 1909', 'client', 18363, '          h     h     d     n     n     n     n'],
  ['Windows 10 2004', 'client', 19041, '          h     h     h     d     n     n     n'],
  ['Windows 10 20H2', 'client', 19042, '          h     h     h     h     d     n     n'],
  ['Windows 10 21H1', 'client', 19043, '          h     h     h     h     h     n     n'],
  ['Windows 10 21H2', 'client', 19044, '          h     h     h     h     h     n     n'],
  ['Windows 10 22H2', 'client', 19045, '          h     h     h     h     h     n     n'],
  ['Windows 11 21H2', 'client', 22000, '          o     o     o     o     o     s     n'],
  ['Windows 11 22H2', 'client', 22621, '          o     o     o     o     o     s     n'],
  ['Windows 11 23H2', 'client', 22631, '          o     o     o     o     o     s     n'],
  ['Windows 11 24H2', 'client', 26100, '          o     o     o     o     o     s     P'],
  ['Windows 11 25H2', 'client', 26200, '          o     o     o     o     o     ?     s'],
] as const;

const SIGNS: Readonly<Record<string, { readonly runs: string; readonly because: string }>> = {
  P: { runs: 'yes', because: 'exact-build' },
  s: { runs: 'yes', because: 'within-stable-abi' },
  d: { runs: 'try', because: 'client-exact-build-unsupported' },
  '?': { runs: 'try', because: 'sources-disagree' },
  h: { runs: 'hyperv-only', because: 'host-build-differs' },
  o: { runs: 'hyperv-only', because: 'older-than-stable-abi' },
  n: { runs: 'no', because: 'newer-than-host' },
};

describe('a Server Core image under process isolation', () => {
  it.each(TABLE)('on %s (%s, %i)', (_, productType, build, row) => {
    const expected = row
      .trim()
      .split(/\s+/)
      .map(sign => SIGNS[sign]);
    expect(IMAGES.map(image => judgeImage(servercore(image), { build, productType }))).toEqual(expected);
  });
});

describe('an image', () => {
  const host = { build: 26100, productType: 'client' } as const;
  it.each([
    [{ reference: 'mcr.microsoft.com/windows/nanoserver:ltsc2025' }, { runs: 'no', because: 'nano-server-no-winfsp' }],
    [
      { reference: 'mcr.microsoft.com/windows/server:ltsc2025' },
      { runs: 'untested', because: 'server-image-untested-with-winfsp' },
    ],
    [
      { reference: 'mcr.microsoft.com/windows/server:ltsc2022', osVersion: '10.0.20348.2966' },
      { runs: 'untested', because: 'server-image-untested-with-winfsp' },
    ],
    [
      { reference: 'debian:13', os: 'linux' },
      { runs: 'no', because: 'not-windows' },
    ],
    [
      { reference: 'mine:1', os: 'windows' },
      { runs: 'unknown', because: 'no-os-version' },
    ],
    [
      { reference: 'mine:1', os: 'Windows', osVersion: '10.0.26100.1' },
      { runs: 'yes', because: 'exact-build' },
    ],
    [
      { reference: 'mine:1', osVersion: 'garbage' },
      { runs: 'unknown', because: 'no-os-version' },
    ],
    [
      { reference: 'mcr.microsoft.com/windows/servercore:10.0.20348.2966-amd64' },
      { runs: 'yes', because: 'within-stable-abi' },
    ],
    // The revision does not count.
    [
      { reference: 'mine:1', osVersion: '10.0.26100.99999' },
      { runs: 'yes', because: 'exact-build' },
    ],
    [
      { reference: 'mcr.microsoft.com/windows/servercore:ltsc2016' },
      { runs: 'hyperv-only', because: 'older-than-stable-abi' },
    ],
  ])('%j', (image, verdict) => {
    expect(judgeImage(image, host)).toEqual(verdict);
  });

  it.each([
    ['mcr.microsoft.com/windows/servercore:ltsc2022', 'servercore', 20348],
    ['mcr.microsoft.com/windows/servercore:LTSC2022-amd64', 'servercore', 20348],
    ['servercore:ltsc2022', 'other', undefined],
    ['windows/nanoserver:1809', 'nanoserver', 17763],
    ['mcr.microsoft.com/windows:ltsc2019', 'windows', 17763],
    ['mcr.microsoft.com/windows:1809', 'windows', 17763],
    ['localhost:5000/windows/server:ltsc2025', 'server', 26100],
    ['localhost:5000/mine', 'other', undefined],
    ['mcr.microsoft.com/windows/servercore@sha256:00', 'servercore', undefined],
    ['mcr.microsoft.com/windows/servercore/iis:ltsc2022', 'other', undefined],
  ])('%s is of family %s and build %s', (reference, family, build) => {
    expect([familyOf(reference), buildOf({ reference })]).toEqual([family, build]);
  });
});

describe('the nearest image', () => {
  it.each([
    [26100, 'client', 'mcr.microsoft.com/windows/servercore:ltsc2025'],
    [26200, 'client', 'mcr.microsoft.com/windows/servercore:ltsc2025'],
    [22631, 'client', 'mcr.microsoft.com/windows/servercore:ltsc2022'],
    [20348, 'server', 'mcr.microsoft.com/windows/servercore:ltsc2022'],
    [17763, 'server', 'mcr.microsoft.com/windows/servercore:ltsc2019'],
    [19042, 'client', 'mcr.microsoft.com/windows/servercore:20H2'],
    [19045, 'client', undefined],
  ] as const)('for build %i (%s) is %s', (build, productType, reference) => {
    expect(nearestImage({ build, productType })).toBe(reference);
  });
});

describe('the catalogue', () => {
  it('has each reference once, and dates in their order', () => {
    const references = BASE_IMAGE_CATALOGUE.map(referenceOf);
    expect(references.length).toBe(new Set(references).size);
    for (const { available, mainstreamEnd, extendedEnd = '9999-12-31' } of BASE_IMAGE_CATALOGUE) {
      expect([available, mainstreamEnd, extendedEnd]).toEqual([available, mainstreamEnd, extendedEnd].sort());
    }
  });

  it.each([
    ['ltsc2022', '2026-10-13', 'mainstream'],
    ['ltsc2022', '2026-11-22T10:00:00Z', 'extended'],
    ['ltsc2022', '2031-10-15', 'ended'],
    ['ltsc2025', '2026-11-22', 'mainstream'],
    ['20H2', '2026-11-22', 'ended'],
    ['unheard-of', '2026-11-22', 'unknown'],
  ])('servercore:%s on %s is in %s support', (tag, at, support) => {
    expect(supportAt(inCatalogue(`mcr.microsoft.com/windows/servercore:${tag}`), at)).toBe(support);
  });
});

describe('the rows of the image picker', () => {
  const host = { build: 26100, productType: 'client' } as const;
  const local = [
    { reference: 'mine:1', id: 'sha256:1', osVersion: '10.0.17763.1', os: 'windows', sizeBytes: 5 },
    {
      reference: 'mcr.microsoft.com/windows/servercore:ltsc2022',
      id: 'sha256:2',
      osVersion: '10.0.20348.2966',
      os: 'windows',
    },
  ];
  const rows = imageRows(local, host, '2026-11-22');

  it('name each image once and begin with what is here and runs', () => {
    expect(rows.length).toBe(BASE_IMAGE_CATALOGUE.length + 1);
    expect(rows[0]).toEqual({
      reference: 'mcr.microsoft.com/windows/servercore:ltsc2022',
      local: true,
      id: 'sha256:2',
      family: 'servercore',
      osVersion: '10.0.20348.2966',
      build: 20348,
      sizeBytes: 1_250_000_000,
      mainstreamEnd: '2026-10-13',
      extendedEnd: '2031-10-14',
      support: 'extended',
      verdict: { runs: 'yes', because: 'within-stable-abi' },
    });
    expect(rows[1]?.reference).toBe('mcr.microsoft.com/windows/servercore:ltsc2025');
  });

  it('fit their schema', () => {
    for (const row of rows) expect(ImageRow.parse(row)).toEqual(row);
  });
});
