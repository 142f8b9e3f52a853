import { Emitter } from '../../shared/base/emitter.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Handlers } from '../../shared/contract/operation.ts';

type TerminalCall = Extract<keyof Handlers<Contract>, `terminal.${string}`>;

/** Terminals that echo, until `exit`. */
export function fakeTerminals(): Pick<Handlers<Contract>, TerminalCall> {
  const terminals = new Map<string, Emitter<string | undefined>>();
  return {
    'terminal.open': async ({ id, container }, { progress, signal }) => {
      progress({ data: 'Microsoft Windows [Version 10.0.20348.4405]\r\n\r\nC:\\>' });
      const typed = new Emitter<string | undefined>();
      terminals.set(id, typed);
      return new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          terminals.delete(id);
          settle();
        };
        typed.on(data => {
          if (data === undefined || data.includes('exit')) end(() => resolve({ exitCode: 0, container }));
          else progress({ data: data.replaceAll('\r', '\r\nC:\\>') });
        });
        signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true });
      });
    },
    'terminal.write': ({ id, data }) => {
      terminals.get(id)?.emit(data);
      return {};
    },
    'terminal.resize': () => ({}),
    'terminal.close': ({ id }) => {
      terminals.get(id)?.emit(undefined);
      return {};
    },
  };
}
