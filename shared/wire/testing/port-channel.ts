import { Emitter } from '../../base/emitter.ts';
import type { Channel } from '../channel.ts';
import { Ending } from '../ending.ts';
import { messageData } from '../message-data.ts';

/** What Node's, Electron's and the browser's MessagePort have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: unknown) => void): void;
  start?(): void;
  close(): void;
}

/** A channel over a MessagePort. Frames are cloned by the port. */
export function portChannel(port: PortLike): Channel {
  const frames = new Emitter<unknown>();
  const ending = new Ending();
  let started = false;
  port.addEventListener('close', () => ending.tell());
  const receive = (event: unknown): void => frames.emit(messageData(event));
  return {
    send: frame => {
      if (!ending.over) port.postMessage(frame);
    },
    onFrame: listener => {
      const undo = frames.on(listener);
      if (!started) {
        started = true;
        port.addEventListener('message', receive);
        port.start?.();
      }
      return undo;
    },
    onClosed: listener => ending.on(listener),
    close: () => {
      port.close();
      ending.tell();
    },
  };
}
