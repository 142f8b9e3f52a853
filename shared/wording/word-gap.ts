import type { Gap, Inspection } from '../domain/inspection.ts';
import { escapeUntrusted } from './plain-text.ts';

/** What it means that something could not be listed, for a person who sees it for the first time. */
export const gapWords = {
  title: 'Not everything could be listed',
  what: 'The volumes of a namespace could not be listed, so one may be there that nobody judged.',
  help: 'Read the reason, see to it that the container engine and fsptool answer there, or ask as an administrator (inspect --elevate), and inspect again. Nothing is clean while this is open.',
} as const;

/** What could not be asked so that volumes may be missing, and where. */
export function wordUnlisted({ gaps, namespaces }: Pick<Inspection, 'gaps' | 'namespaces'>): string[] {
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  const told = gaps.filter(hidesVolumes).map(({ what, namespace }) => {
    return `${escapeUntrusted(what, 200)} (${escapeUntrusted(labels.get(namespace) ?? namespace, 200)})`;
  });
  return [...new Set(told)];
}

/** Whether volumes may be there that nobody listed: then nothing is clean. */
export const hidesVolumes = ({ hides }: Pick<Gap, 'hides'>): boolean => hides === 'volumes';
