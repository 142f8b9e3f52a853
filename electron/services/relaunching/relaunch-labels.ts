import { randomBytes } from 'node:crypto';
import { ownProcess } from '../own-process.ts';

/**
 * Labels of a container that was made to take another's place. A container's labels never change, hence they are on the
 * new one, which is made first: from then on a crash leaves something that tells what was under way.
 */
export const RELAUNCH_LABELS = {
  /** Docker id of what it replaces. */
  of: 'dev.siloscope.relaunch.of',
  /** The name that both are called by. */
  name: 'dev.siloscope.relaunch.name',
  /** When it was begun, ISO 8601 UTC. */
  at: 'dev.siloscope.relaunch.at',
  /** Whose work it is: `ownProcess()`. */
  by: 'dev.siloscope.relaunch.by',
} as const;

/** The labels of the successor of a container. */
export function relaunchLabels(of: { readonly id: string; readonly name: string }, at: string): Record<string, string> {
  const { of: replaced, name, at: begun, by } = RELAUNCH_LABELS;
  return { [replaced]: of.id, [name]: of.name, [begun]: at, [by]: ownProcess() };
}

/** What a successor is called until the name is free. */
export function nextName(name: string): string {
  return `${name}.next-${randomBytes(4).toString('hex')}`;
}

export const isNextName = (text: string, name: string): boolean =>
  text.startsWith(`${name}.next-`) && /\.next-[0-9a-f]{8}$/.test(text);

/** What is called so while its successor is tried. The mark is of its own id: nobody calls a container so by chance. */
export function keptName({ id, name }: { readonly id: string; readonly name: string }): string {
  return `${name}.before-${id.slice(0, 12)}`;
}

/** The name that a kept container had; undefined: it is none. */
export function nameBefore({ id, name }: { readonly id: string; readonly name: string }): string | undefined {
  const mark = `.before-${id.slice(0, 12)}`;
  return id.length >= 12 && name.endsWith(mark) && name.length > mark.length ? name.slice(0, -mark.length) : undefined;
}
