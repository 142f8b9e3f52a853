import { assertNever } from '../base/assert-never.ts';
import type { FaultCode } from '../contract/fault.ts';
import type { ItemStatus, WorkspaceStatus } from '../contract/workspace-status.ts';
import type { ItemState, NotCaptured } from '../domain/workspace.ts';
import { formatCount, formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

/** How an item is, in a word or two. */
export function wordItemState(state: ItemState): string {
  switch (state) {
    case 'idle':
      return 'not running';
    case 'waiting':
      return 'waiting for the host';
    case 'launching':
      return 'launching';
    case 'running':
      return 'running';
    case 'not-answering':
      return 'not answering';
    case 'backing-off':
      return 'tried again soon';
    case 'failing':
      return 'keeps failing';
    case 'given-up':
      return 'needs a change';
    case 'held':
      return 'stopped by hand';
    case 'paused':
      return 'paused';
    case 'taken':
      return 'name taken';
    case 'stopping':
      return 'stopping';
    default:
      return assertNever(state, 'item state');
  }
}

/** What follows from it, where something does: one sentence, or nothing. */
export function wordItemStep({ state, nextAt, failures, fault }: ItemStatus, now: number): string {
  const seconds = nextAt === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(nextAt) - now) / 1_000));
  switch (state) {
    case 'waiting':
      return 'It is launched as soon as the host allows it.';
    case 'backing-off':
      return `Failed ${formatCount(failures, 'time')}; the next try is in ${formatCount(seconds, 'second')}.`;
    case 'failing':
      return `Failed ${formatCount(failures, 'time')}; it is tried every ten minutes. Starting the workspace tries at once.`;
    case 'given-up':
      return fault !== undefined && GOES_ON.has(fault.code)
        ? 'It goes on by itself as soon as that is seen to.'
        : 'It cannot work as it is: change it, then start the workspace again.';
    case 'held':
      return 'Starting the workspace brings it back.';
    case 'not-answering':
      return 'It is left alone, since killing it would lose what it has not written. Stop it yourself if it is lost.';
    case 'taken':
      return 'A container that this workspace did not make has its name; it is left alone.';
    case 'paused':
      return 'Unpause it with docker unpause.';
    case 'idle':
    case 'launching':
    case 'running':
    case 'stopping':
      return '';
    default:
      return assertNever(state, 'item state');
  }
}

/** What the keeper looks for itself. */
const GOES_ON: ReadonlySet<FaultCode> = new Set(['unwritten-kept', 'secrets-missing', 'secret-locked']);

/** What was put aside of an item; empty: nothing was. */
export function wordItemKept({ unwritten = [] }: Pick<ItemStatus, 'unwritten'>): string {
  if (unwritten.length === 0) return '';
  const names = unwritten.map(name => escapeUntrusted(name, 120));
  return `It ended, or was stopped, before all was known to be written: what was not is in ${formatList(names)}, kept and stopped.`;
}

/** The same with the lines that get at it. */
export function wordItemUnwritten(item: Pick<ItemStatus, 'unwritten'>): string {
  const [first] = item.unwritten ?? [];
  if (first === undefined) return '';
  return `${wordItemKept(item)} \`siloscope unwritten ${escapeUntrusted(first, 120)} --out FILE.zip\` copies it out, \`--remove\` removes it.`;
}

/** A workspace as a whole: `2 of 3 running, kept`. */
export function wordWorkspace({ items, kept }: WorkspaceStatus): string {
  const running = items.filter(({ state }) => state === 'running').length;
  return `${running} of ${items.length} running${kept ? ', kept running' : ''}`;
}

/** Why a container was left out of a workspace made of what runs. */
export function wordNotCaptured({ container, because }: NotCaptured): string {
  return `${escapeUntrusted(container, 80)}: ${NOT_CAPTURED[because]}`;
}

const NOT_CAPTURED: Readonly<Record<NotCaptured['because'], string>> = {
  'holds-a-secret': 'its command line holds a secret, which a workspace would keep in clear',
  'no-file-system': 'it runs no file system that is known',
  hyperv: 'it is Hyper-V isolated, where WinFsp is not',
};
