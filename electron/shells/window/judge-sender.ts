import { isPageUrl } from './addresses.ts';

/** Who sent a message, as Electron says it. */
export interface Sender {
  readonly sender: { readonly id: number };
  /** Null once the frame has navigated or is gone. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

export type SenderVerdict =
  | { readonly trusted: true }
  | { readonly trusted: false; readonly because: 'another-window' | 'frame-gone' | 'nested-frame' | 'another-page' };

/** Judges the sender of a frame: only the top frame of our own window, and only while it shows our page. */
export function judgeSender({ sender, senderFrame }: Sender, windowContentsId: number): SenderVerdict {
  if (sender.id !== windowContentsId) return { trusted: false, because: 'another-window' };
  if (senderFrame === null) return { trusted: false, because: 'frame-gone' };
  if (senderFrame.parent !== null) return { trusted: false, because: 'nested-frame' };
  if (!isPageUrl(senderFrame.url)) return { trusted: false, because: 'another-page' };
  return { trusted: true };
}
