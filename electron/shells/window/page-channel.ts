import { Emitter } from '../../../shared/base/emitter.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { Ending } from '../../../shared/wire/ending.ts';

/** A channel whose near end is fed by hand: `receive` for what the page says. */
export interface PageChannel extends Channel {
  receive(frame: unknown): void;
}

/** A channel to one load of the page. It ends with that load: what a page before it asked is not answered to the next. */
export function pageChannel(send: (frame: unknown) => void): PageChannel {
  const frames = new Emitter<unknown>();
  const ending = new Ending();
  return {
    send: frame => {
      if (!ending.over) send(frame);
    },
    receive: frame => {
      if (!ending.over) frames.emit(frame);
    },
    onFrame: listener => frames.on(listener),
    onClosed: listener => ending.on(listener),
    close: () => {
      ending.tell();
      frames.clear();
    },
  };
}
