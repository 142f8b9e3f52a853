import { DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { FaultError, faultOf } from '../contract/fault.ts';
import { Fault } from '../contract/fault-schema.ts';
import type {
  CallName,
  CallOptions,
  Client,
  ContractShape,
  InputOf,
  NewsName,
  OutputOf,
  PayloadOf,
  ProgressOf,
} from '../contract/operation.ts';
import type { Channel } from './channel.ts';
import { Ending } from './ending.ts';
import { type CallerFrame, ServerFrame } from './frame.ts';
import { issuesOf } from './issues.ts';

interface Pending {
  result(output: unknown): void;
  fault(fault: Fault): void;
  progress(told: unknown): void;
}

/**
 * The calling side of a contract. Outputs, progress and news are parsed by the contract: an answer that does not fit
 * is a `bug` fault, progress and news that do not fit are dropped. An aborted query rejects at once with `cancelled`;
 * an aborted command asks the serving side to stop and settles by its answer, so that undoing is waited for.
 * `peer` names the far side in `host-unreachable`.
 */
export function connect<C extends ContractShape>(contract: C, channel: Channel, peer = 'siloscope'): Client<C> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Emitter<unknown>>();
  const closed = new Ending();
  const store = new DisposableStore();
  let nextId = 1;

  const send = (frame: CallerFrame): void => channel.send(frame);

  const receive = (frame: unknown): void => {
    const parsed = ServerFrame.safeParse(frame);
    if (!parsed.success) return;
    const told = parsed.data;
    switch (told.kind) {
      case 'news': {
        const operation = Object.hasOwn(contract, told.name) ? contract[told.name] : undefined;
        const emitter = listeners.get(told.name);
        if (operation?.kind !== 'news' || emitter === undefined) return;
        const payload = operation.payload.safeParse(told.payload);
        if (payload.success) emitter.emit(payload.data);
        return;
      }
      case 'progress':
        pending.get(told.id)?.progress(told.told);
        return;
      case 'result':
        pending.get(told.id)?.result(told.output);
        return;
      case 'fault': {
        const fault = Fault.safeParse(told.fault);
        pending
          .get(told.id)
          ?.fault(fault.success ? fault.data : { code: 'bug', message: 'the answer was no fault known here' });
      }
    }
  };

  const end = (reason: string): void => {
    if (closed.over) return;
    store.dispose();
    for (const call of pending.values()) call.fault({ code: 'host-unreachable', host: peer, reason });
    closed.tell();
    listeners.clear();
  };
  store.defer(channel.onFrame(receive));
  store.defer(channel.onClosed(() => end('the connection was closed')));

  const call = <N extends CallName<C>>(
    name: N,
    input: InputOf<C, N>,
    options: CallOptions<ProgressOf<C, N>> = {},
  ): Promise<OutputOf<C, N>> =>
    new Promise((resolve, reject) => {
      const operation = contract[name];
      if (operation === undefined || operation.kind === 'news') {
        reject(new FaultError({ code: 'not-found', what: 'operation', name }));
        return;
      }
      if (closed.over) {
        reject(new FaultError({ code: 'host-unreachable', host: peer, reason: 'the connection was closed' }));
        return;
      }
      const { signal, onProgress } = options;
      if (signal?.aborted) {
        reject(new FaultError({ code: 'cancelled' }));
        return;
      }
      const id = nextId++;
      const settle = (): void => {
        pending.delete(id);
        signal?.removeEventListener('abort', stop);
      };
      const fault = (told: Fault): void => {
        settle();
        reject(new FaultError(told));
      };
      const stop = (): void => {
        send({ kind: 'cancel', id });
        if (operation.kind === 'query') fault({ code: 'cancelled' });
      };
      pending.set(id, {
        fault,
        result: answer => {
          const output = operation.output.safeParse(answer);
          if (output.success) {
            settle();
            resolve(output.data as OutputOf<C, N>);
            return;
          }
          const [issue] = issuesOf(output.error);
          fault({
            code: 'bug',
            message: `the answer to ${name} breaks the contract at "${issue?.path}": ${issue?.message}`,
          });
        },
        progress: told => {
          if (onProgress === undefined || operation.kind !== 'command') return;
          const progress = operation.progress.safeParse(told);
          if (progress.success) onProgress(progress.data as ProgressOf<C, N>);
        },
      });
      signal?.addEventListener('abort', stop, { once: true });
      try {
        send({ kind: 'call', id, name, input });
      } catch (caught) {
        fault(faultOf(caught));
      }
    });

  return {
    call,
    on<N extends NewsName<C>>(name: N, listener: (payload: PayloadOf<C, N>) => void): () => void {
      const emitter = listeners.get(name) ?? new Emitter<unknown>();
      if (!closed.over) listeners.set(name, emitter);
      return emitter.on(payload => listener(payload as PayloadOf<C, N>));
    },
    onClosed: listener => closed.on(listener),
    dispose: () => {
      end('this side closed the connection');
      channel.close();
    },
  };
}
