import type { PullProgress } from '../domain/launch.ts';
import { formatBytes, formatDuration } from './amounts.ts';

/** Words of the images screen. */
export const imagesWords = {
  title: 'Images',
  subtitle: 'Base images that are here or can be pulled, and whether WinFsp can run in them on this host.',
  list: 'Base images',
  columns: {
    image: 'Image',
    verdict: 'Here it',
    windows: 'Windows',
    size: 'Size',
    support: 'Support',
    actions: 'Actions',
  },
  build: (build: number | undefined): string => (build === undefined ? '' : `build ${build}`),
  local: 'on this host',
  remote: 'not pulled',
  pull: 'Pull',
  pullName: (reference: string): string => `Pull ${reference}`,
  until: (date: string): string => `until ${date}`,
  queue: 'Pulls',
  pulls: {
    waiting: 'Waiting for its turn',
    pulling: 'Pulling',
    done: 'Pulled',
    faulted: 'Failed',
    cancelled: 'Cancelled',
  },
  cancelName: (reference: string): string => `Cancel the pull of ${reference}`,
  dismissName: (reference: string): string => `Take ${reference} off the list`,
  remaining: (ms: number): string => `${formatDuration(Math.max(1_000, Math.round(ms / 1_000) * 1_000))} to go`,
  percent: (fraction: number): string => `${Math.floor(fraction * 100)} %`,
  layers: (count: number): string => (count === 1 ? '1 layer' : `${count} layers`),
  layerPhases: {
    waiting: 'waiting',
    downloading: 'downloading',
    downloaded: 'downloaded',
    extracting: 'extracting',
    done: 'done',
    exists: 'already here',
  } satisfies Record<PullProgress['layers'][number]['phase'], string>,
  layerBytes: (done: number, total: number): string => `${formatBytes(done)} of ${formatBytes(total)}`,
  emptyTitle: 'No image is known',
  emptyText: 'Neither the engine nor the catalogue has one.',
  noMatch: 'No image fits the filter.',
} as const;
