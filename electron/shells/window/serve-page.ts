import type { Contract } from '../../../shared/contract/contract.ts';
import type { PayloadOf } from '../../../shared/contract/operation.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import type { ServerFrame } from '../../../shared/wire/frame.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { FRAME_CHANNEL } from './addresses.ts';
import { judgeFrame } from './judge-frame.ts';
import { judgeSender, type Sender } from './judge-sender.ts';
import { type PageChannel, pageChannel } from './page-channel.ts';

/** What of Electron's `ipcMain` is needed. */
export interface MainIpc {
  on(channel: string, listener: (event: Sender, ...frames: unknown[]) => void): unknown;
  removeListener(channel: string, listener: (event: Sender, ...frames: unknown[]) => void): unknown;
}

/** What of the window's `webContents` is needed. */
export interface ServedContents {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, frame: string): void;
}

export interface PageServing {
  readonly ipc: MainIpc;
  readonly contents: ServedContents;
  /** Serves one channel until it closes. */
  readonly serve: (channel: Channel) => unknown;
  readonly log: (line: string) => void;
}

export interface ServedPage {
  /** The page begins anew, or its process is gone: its calls are aborted, and the next load gets a channel of its own. */
  reset(): void;
  /** Tells the page that the host may be another one now: it asks everything anew. */
  relook(revision: number): void;
  dispose(): void;
}

/**
 * Serves the window's page over IPC. Whoever is not the top frame of that window on our own page is not heard; frames
 * that no contract can mean are answered with a fault. Both are logged.
 */
export function servePage({ ipc, contents, serve, log }: PageServing): ServedPage {
  let current: PageChannel | undefined;
  const send = (frame: unknown): void => {
    if (!contents.isDestroyed()) contents.send(FRAME_CHANNEL, JSON.stringify(frame));
  };
  const channel = (): PageChannel => {
    if (current === undefined) {
      current = pageChannel(send);
      serve(current);
    }
    return current;
  };
  const receive = (event: Sender, ...[frame, ...more]: unknown[]): void => {
    const sender = judgeSender(event, contents.id);
    if (!sender.trusted) {
      log(windowLogWords.foreignSender(sender.because, 'url' in sender ? sender.url : undefined));
      return;
    }
    const verdict = more.length > 0 ? ({ fits: false, because: 'not-plain' } as const) : judgeFrame(frame);
    if (verdict.fits) {
      channel().receive(frame);
      return;
    }
    log(windowLogWords.refusedFrame(verdict.because));
    const id = idOf(frame);
    if (id !== undefined) send(refusal(id, windowLogWords.refusedFrame(verdict.because)));
  };
  ipc.on(FRAME_CHANNEL, receive);
  const reset = (): void => {
    current?.close();
    current = undefined;
  };
  return {
    reset,
    relook: revision => current?.send(hostChanged(revision)),
    dispose: () => {
      ipc.removeListener(FRAME_CHANNEL, receive);
      reset();
    },
  };
}

function hostChanged(revision: number): ServerFrame {
  const payload: PayloadOf<Contract, 'snapshot.changed'> = { revision, what: 'host' };
  return { kind: 'news', name: 'snapshot.changed', payload };
}

function refusal(id: number, message: string): ServerFrame {
  return { kind: 'fault', id, fault: { code: 'invalid-input', issues: [{ path: '', message }] } };
}

function idOf(frame: unknown): number | undefined {
  if (typeof frame !== 'object' || frame === null || !('id' in frame)) return undefined;
  const { id } = frame;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}
