/** A kind of Windows base image. */
export type BaseImageFamily = 'servercore' | 'server' | 'windows' | 'nanoserver';

/** A published tag of a base image. Dates are ISO; sizes are a fallback for what the manifest says. */
export interface BaseImage {
  readonly family: BaseImageFamily;
  readonly tag: string;
  /** Other tags of the same image. */
  readonly aliases: readonly string[];
  readonly build: number;
  /** Compressed download unless `sizeIs` says otherwise; absent where no source gives a figure. */
  readonly sizeBytes?: number;
  readonly sizeIs?: 'download' | 'on-disk';
  readonly available: string;
  readonly mainstreamEnd: string;
  /** Absent: there is no extended support. */
  readonly extendedEnd?: string;
  readonly source: string;
}

const LIFECYCLE = 'Microsoft base image lifecycle';
const RETIRED = 'Microsoft base image lifecycle, revision of February 2022';
const SIZES = 'Microsoft on the size of Server container images, January 2023';
const SMALLER = 'Microsoft on making Server Core 40 % smaller, and its comments';

interface Release {
  readonly tag: string;
  readonly aliases?: readonly string[];
  readonly build: number;
  readonly available: string;
  readonly mainstreamEnd: string;
  readonly extendedEnd?: string;
  readonly source: string;
  readonly families: Readonly<
    Partial<Record<BaseImageFamily, readonly [size?: number, sizeIs?: 'download' | 'on-disk', source?: string]>>
  >;
}

const RELEASES: readonly Release[] = [
  {
    tag: 'ltsc2025',
    build: 26100,
    available: '2024-11-01',
    mainstreamEnd: '2029-10-09',
    extendedEnd: '2034-10-10',
    source: LIFECYCLE,
    families: { servercore: [], server: [3_100_000_000, 'download', 'Microsoft base images overview'], nanoserver: [] },
  },
  {
    tag: 'ltsc2022',
    build: 20348,
    available: '2021-08-18',
    mainstreamEnd: '2026-10-13',
    extendedEnd: '2031-10-14',
    source: LIFECYCLE,
    families: {
      servercore: [1_250_000_000, 'download', SIZES],
      server: [3_130_000_000, 'download', SIZES],
      nanoserver: [300_000_000, 'on-disk', 'Microsoft base images overview'],
    },
  },
  {
    tag: '20H2',
    build: 19042,
    available: '2020-10-20',
    mainstreamEnd: '2022-08-09',
    source: RETIRED,
    families: {
      servercore: [],
      windows: [3_400_000_000, 'download', 'Microsoft base images overview'],
      nanoserver: [],
    },
  },
  {
    tag: '2004',
    build: 19041,
    available: '2020-05-27',
    mainstreamEnd: '2021-12-14',
    source: RETIRED,
    families: { servercore: [], windows: [], nanoserver: [] },
  },
  {
    tag: '1909',
    build: 18363,
    available: '2019-11-12',
    mainstreamEnd: '2021-05-11',
    source: RETIRED,
    families: { servercore: [], windows: [], nanoserver: [] },
  },
  {
    tag: '1903',
    build: 18362,
    available: '2019-05-21',
    mainstreamEnd: '2020-12-08',
    source: RETIRED,
    families: {
      servercore: [5_050_000_000, 'on-disk', SMALLER],
      windows: [13_100_000_000, 'on-disk', SMALLER],
      nanoserver: [256_000_000, 'on-disk', SMALLER],
    },
  },
  {
    tag: 'ltsc2019',
    aliases: ['1809'],
    build: 17763,
    available: '2018-11-13',
    mainstreamEnd: '2024-01-09',
    extendedEnd: '2029-01-09',
    source: LIFECYCLE,
    families: { servercore: [1_540_000_000, 'download', SIZES], windows: [3_680_000_000, 'download', SIZES] },
  },
  {
    tag: '1809',
    build: 17763,
    available: '2018-11-13',
    mainstreamEnd: '2024-01-09',
    extendedEnd: '2029-01-09',
    source: LIFECYCLE,
    families: { nanoserver: [] },
  },
  {
    tag: 'ltsc2016',
    build: 14393,
    available: '2016-10-15',
    mainstreamEnd: '2022-01-11',
    extendedEnd: '2027-01-11',
    source: LIFECYCLE,
    families: { servercore: [] },
  },
];

const FAMILIES: readonly BaseImageFamily[] = ['servercore', 'server', 'windows', 'nanoserver'];

/** Base images that Microsoft publishes or published; families in the order in which they are offered, newest first. */
export const BASE_IMAGE_CATALOGUE: readonly BaseImage[] = FAMILIES.flatMap(family =>
  RELEASES.flatMap(({ families, aliases = [], ...release }): BaseImage[] => {
    const entry = families[family];
    if (entry === undefined) return [];
    const [sizeBytes, sizeIs = 'download', sizeSource] = entry;
    const size = sizeBytes === undefined ? {} : { sizeBytes, sizeIs, source: `${release.source}; ${sizeSource}` };
    return [{ ...release, family, aliases, ...size }];
  }),
);

const REPOSITORIES: Readonly<Record<BaseImageFamily, string>> = {
  servercore: 'mcr.microsoft.com/windows/servercore',
  server: 'mcr.microsoft.com/windows/server',
  windows: 'mcr.microsoft.com/windows',
  nanoserver: 'mcr.microsoft.com/windows/nanoserver',
};

/** The reference by which it is pulled. */
export function referenceOf(image: BaseImage): string {
  return `${REPOSITORIES[image.family]}:${image.tag}`;
}
