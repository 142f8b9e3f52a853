import type { Clock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import { inspectContainer } from '../engine/containers.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { Terminal } from './terminal.ts';

type TerminalCall = 'terminal.open' | 'terminal.write' | 'terminal.resize' | 'terminal.close';

/**
 * The terminals that are open. Each lives as long as its `terminal.open` call, hence as its client; whoever knows its id,
 * a random one made by that client, may type.
 */
export function terminalHandlers(around: {
  readonly connection: EngineConnection;
  readonly clock: Clock;
}): Pick<Handlers<Contract>, TerminalCall> {
  const open = new Map<string, Terminal>();
  const find = (id: string): Terminal => {
    const terminal = open.get(id);
    if (terminal === undefined) throw new FaultError({ code: 'not-found', what: 'terminal', name: id });
    return terminal;
  };
  return {
    async 'terminal.open'({ id, ...request }, { signal, progress }) {
      if (open.has(id)) {
        throw new FaultError({
          code: 'invalid-input',
          issues: [{ path: 'id', message: 'is that of an open terminal' }],
        });
      }
      const terminal = new Terminal(around, request);
      open.set(id, terminal);
      try {
        const { ref } = await inspectContainer(around.connection, request.container, { signal });
        return { exitCode: await terminal.open(data => progress({ data }), signal), container: ref.name };
      } finally {
        open.delete(id);
      }
    },
    async 'terminal.write'({ id, data }) {
      await find(id).write(data);
      return {};
    },
    async 'terminal.resize'({ id, rows, columns }) {
      await find(id).resize(rows, columns);
      return {};
    },
    'terminal.close'({ id }) {
      find(id).close();
      return {};
    },
  };
}
