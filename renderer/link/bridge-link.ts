import { Emitter } from '../../shared/base/emitter.ts';
import type { Channel } from '../../shared/wire/channel.ts';
import type { Link } from './link.ts';

/**
 * What the preload script exposes as `window.siloscope`: two functions, one channel. Frames come as their JSON, which
 * crosses the worlds of the window faster than objects do. `onFrame` answers its undo.
 */
export interface Bridge {
  send(frame: unknown): void;
  onFrame(listener: (frame: string) => void): () => void;
}

/** A link over the preload bridge. It lives as long as the window does. */
export function bridgeLink(bridge: Bridge): Link {
  return {
    peer: 'the app',
    open: async () => bridgeChannel(bridge),
  };
}

function bridgeChannel(bridge: Bridge): Channel {
  const closed = new Emitter<void>();
  const undo = new Set<() => void>();
  let over = false;
  return {
    send: frame => {
      if (!over) bridge.send(frame);
    },
    onFrame: listener => {
      const stop = bridge.onFrame(frame => listener(JSON.parse(frame)));
      undo.add(stop);
      return () => {
        undo.delete(stop);
        stop();
      };
    },
    onClosed: listener => {
      if (!over) return closed.on(listener);
      queueMicrotask(listener);
      return () => undefined;
    },
    close: () => {
      if (over) return;
      over = true;
      for (const stop of undo) stop();
      undo.clear();
      closed.emit();
      closed.clear();
    },
  };
}
