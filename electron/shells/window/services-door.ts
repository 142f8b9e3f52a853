import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { CallerFrame, type ServerFrame } from '../../../shared/wire/frame.ts';
import type { LocalServices } from '../serving/local-services.ts';

/** Services that may still be opening, or may never come. */
export interface ServicesDoor {
  /** Serves one channel: what it says before the services are there is kept for them. */
  serve(channel: Channel): void;
  /** The services, once they are there; rejects with a `FaultError` when they never will be. */
  readonly opened: Promise<LocalServices>;
  close(): Promise<void>;
}

/**
 * Opens the services while the window comes up. When that fails, every call is answered with the fault, so that the
 * page can say what is wrong and how to go on.
 */
export function openServicesDoor(open: (signal: AbortSignal) => Promise<LocalServices>): ServicesDoor {
  const cancel = new AbortController();
  const opened = open(cancel.signal);
  const serve = async (channel: Channel): Promise<void> => {
    const early: unknown[] = [];
    const undo = channel.onFrame(frame => early.push(frame));
    try {
      const services = await opened;
      undo();
      const served = services.serve(replaying(channel, early));
      channel.onClosed(() => served.dispose());
    } catch (caught) {
      undo();
      const fault = faultOf(caught);
      for (const frame of early) refuse(channel, frame, fault);
      channel.onFrame(frame => refuse(channel, frame, fault));
    }
  };
  return {
    opened,
    serve: channel => void serve(channel),
    close: async () => {
      cancel.abort();
      const services = await opened.catch(() => undefined);
      await services?.close();
    },
  };
}

/** The channel with what came early put before what comes now. */
function replaying(channel: Channel, early: readonly unknown[]): Channel {
  return {
    send: frame => channel.send(frame),
    onClosed: listener => channel.onClosed(listener),
    close: () => channel.close(),
    onFrame: listener => {
      const undo = channel.onFrame(listener);
      for (const frame of early) listener(frame);
      return undo;
    },
  };
}

function refuse(channel: Channel, frame: unknown, fault: Fault): void {
  const call = CallerFrame.safeParse(frame);
  if (!call.success || call.data.kind !== 'call') return;
  const answer: ServerFrame = { kind: 'fault', id: call.data.id, fault };
  channel.send(answer);
}
