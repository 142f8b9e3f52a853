import { Emitter } from '../base/emitter.ts';
import type { Channel } from './channel.ts';
import { Ending } from './ending.ts';
import { messageData } from './message-data.ts';

/** What the browser's WebSocket and `ws` have in common. The socket must be open, or it must queue what is sent. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  addEventListener(type: 'message' | 'close' | 'error', listener: (event: unknown) => void): void;
}

const OPEN = 1;

/** A channel over an open WebSocket: one JSON text a frame. Text that is no JSON is dropped. */
export function socketChannel(socket: SocketLike): Channel {
  const frames = new Emitter<unknown>();
  const ending = new Ending();
  let early: unknown[] = [];
  socket.addEventListener('close', () => ending.tell());
  // `ws` throws an error event that nobody hears; the close that follows it tells the rest.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('message', event => {
    const data = messageData(event);
    const frame = typeof data === 'string' ? parsed(data) : undefined;
    if (frame === undefined) return;
    if (frames.listenerCount === 0) early.push(frame);
    else frames.emit(frame);
  });
  return {
    send: frame => {
      const text = JSON.stringify(frame);
      if (socket.readyState === OPEN) socket.send(text);
    },
    onFrame: listener => {
      const undo = frames.on(listener);
      const waiting = early;
      early = [];
      if (waiting.length > 0) {
        queueMicrotask(() => {
          for (const frame of waiting) frames.emit(frame);
        });
      }
      return undo;
    },
    onClosed: listener => ending.on(listener),
    close: () => {
      socket.close();
      ending.tell();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
