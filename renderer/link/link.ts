import type { Channel } from '../../shared/wire/channel.ts';

/** Why the far side will not have us: a person must open another address. */
export type RefusalReason = 'no-token' | 'token-rejected';

/** Thrown by `Link.open` when trying again cannot help. Every other error means "try later". */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

/** A way to the serving side. `open` may be called again after the channel closed. */
export interface Link {
  /** Names the far side in faults, e.g. `127.0.0.1:4571` or `this app`. */
  readonly peer: string;
  /** Rejects with `LinkRefused`, or with anything else when the far side is out of reach for now. */
  open(): Promise<Channel>;
}
