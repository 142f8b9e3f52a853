import { z } from 'zod';
import { DisposableStore } from '../base/disposables.ts';
import { type Fault, faultOf } from '../contract/fault.ts';
import type { Announce, CallContext, ContractShape, Handlers } from '../contract/operation.ts';
import type { Channel } from './channel.ts';
import { CallerFrame, type ServerFrame } from './frame.ts';
import { issuesOf } from './issues.ts';

type AnyHandler = (input: unknown, context: CallContext<unknown>) => unknown;

/** One served channel. `dispose` aborts what runs and closes the channel. */
export interface Served<C extends ContractShape> {
  readonly announce: Announce<C>;
  dispose(): void;
}

/**
 * Answers calls that come over the channel. Input is parsed by the contract before a handler sees it; whatever a
 * handler throws travels as a fault. A closed channel aborts the calls that came over it.
 */
export function serve<C extends ContractShape>(contract: C, channel: Channel, handlers: Handlers<C>): Served<C> {
  const running = new Map<number, AbortController>();
  const store = new DisposableStore();

  const send = (frame: ServerFrame): void => channel.send(frame);
  const refuse = (id: number, fault: Fault): void => send({ kind: 'fault', id, fault });

  const call = async (id: number, name: string, input: unknown): Promise<void> => {
    const operation = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (operation === undefined || operation.kind === 'news') {
      refuse(id, { code: 'not-found', what: 'operation', name });
      return;
    }
    const parsed = operation.input.safeParse(input);
    if (!parsed.success) {
      refuse(id, { code: 'invalid-input', issues: issuesOf(parsed.error) });
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const context: CallContext<unknown> = {
      signal: controller.signal,
      progress: told => {
        if (operation.kind === 'command' && running.get(id) === controller) send({ kind: 'progress', id, told });
      },
    };
    try {
      const handler = (handlers as Readonly<Record<string, AnyHandler>>)[name];
      if (handler === undefined) throw new TypeError(`no handler for ${name}`);
      const output = await handler(parsed.data, context);
      running.delete(id);
      send({ kind: 'result', id, output: travelling(operation.output, output) });
    } catch (caught) {
      running.delete(id);
      const aborted = controller.signal.aborted && caught === controller.signal.reason;
      refuse(id, aborted ? { code: 'cancelled' } : faultOf(caught));
    }
  };

  const receive = (frame: unknown): void => {
    const parsed = CallerFrame.safeParse(frame);
    if (!parsed.success) {
      const id = idOf(frame);
      if (id !== undefined && !running.has(id)) refuse(id, { code: 'invalid-input', issues: issuesOf(parsed.error) });
      return;
    }
    const { kind, id } = parsed.data;
    if (kind === 'cancel') running.get(id)?.abort();
    // A number that is in use would let one answer settle two calls.
    else if (!running.has(id)) void call(id, parsed.data.name, parsed.data.input);
  };

  const end = (): void => {
    for (const controller of running.values()) controller.abort();
    running.clear();
    store.dispose();
  };
  store.defer(channel.onFrame(receive));
  store.defer(channel.onClosed(end));

  return {
    announce: (name, payload) => {
      if (!store.ended) send({ kind: 'news', name, payload });
    },
    dispose: () => {
      end();
      channel.close();
    },
  };
}

/** An output whose schema is a codec has a form to travel in. */
function travelling(schema: z.ZodType, output: unknown): unknown {
  return schema instanceof z.ZodCodec ? z.encode(schema, output) : output;
}

/** The number of a malformed call, so that its caller need not wait for ever. */
function idOf(frame: unknown): number | undefined {
  if (typeof frame !== 'object' || frame === null || !('id' in frame)) return undefined;
  return typeof frame.id === 'number' && Number.isSafeInteger(frame.id) && frame.id >= 0 ? frame.id : undefined;
}
