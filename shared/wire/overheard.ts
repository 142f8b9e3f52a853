import type { Channel } from './channel.ts';

/** The same channel to whoever serves it; what is asked over it, and what is told, is heard on the way. */
export function overheard(
  channel: Channel,
  heard: {
    readonly asked: (frame: unknown) => void;
    readonly told: (frame: unknown) => void;
    readonly closed: () => void;
  },
): Channel {
  channel.onFrame(heard.asked);
  channel.onClosed(heard.closed);
  return {
    onFrame: listener => channel.onFrame(listener),
    onClosed: listener => channel.onClosed(listener),
    close: () => channel.close(),
    send: frame => {
      channel.send(frame);
      heard.told(frame);
    },
  };
}
