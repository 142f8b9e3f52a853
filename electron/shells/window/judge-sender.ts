import { isPageUrl } from './addresses.ts';

/** Who sent a message, as Electron says it. */
export interface Sender {
  readonly sender: { readonly id: number };
  /** Null once the frame has navigated; one that is gone throws whatever else it is asked. */
  readonly senderFrame: { isDestroyed(): boolean; readonly url: string; readonly parent: unknown } | null;
}

export type SenderVerdict =
  | { readonly trusted: true }
  | { readonly trusted: false; readonly because: 'frame-gone' }
  | {
      readonly trusted: false;
      readonly because: 'another-window' | 'nested-frame' | 'another-page';
      /** Where it came from. */
      readonly url: string;
    };

/** Judges the sender of a frame: only the top frame of our own window, and only while it shows our page. */
export function judgeSender({ sender, senderFrame }: Sender, windowContentsId: number): SenderVerdict {
  if (senderFrame === null || senderFrame.isDestroyed()) return { trusted: false, because: 'frame-gone' };
  const { url, parent } = senderFrame;
  if (sender.id !== windowContentsId) return { trusted: false, because: 'another-window', url };
  if (parent !== null) return { trusted: false, because: 'nested-frame', url };
  return isPageUrl(url) ? { trusted: true } : { trusted: false, because: 'another-page', url };
}
