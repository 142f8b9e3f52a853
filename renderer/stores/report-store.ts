import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import { type AskPart, gatherReport, type ReportParts, reportJson } from '../../shared/contract/report.ts';

/** `idle ─gather─▶ gathering ─▶ ready | faulted`; the text is the JSON that `siloscope report --json` prints. */
export type Report =
  | { readonly kind: 'idle' | 'gathering' }
  | { readonly kind: 'ready'; readonly text: string; readonly parts: ReportParts }
  | { readonly kind: 'faulted'; readonly fault: Fault };

export interface ReportStore {
  readonly store: StoreApi<Report>;
  /** Asks for the parts anew, and takes out who and where. */
  gather(version: string): Promise<void>;
  close(): void;
  /** How the parts of a report about the past are asked for. */
  readonly ask: AskPart;
}

export function createReportStore(client: Client<Contract>): ReportStore {
  const store = createStore<Report>(() => ({ kind: 'idle' }));
  const ask: AskPart = (name, input) => client.call(name, input);
  return {
    store,
    ask,
    gather: async version => {
      const own: Report = { kind: 'gathering' };
      store.setState(own, true);
      const settle = (report: Report): void => {
        if (store.getState() === own) store.setState(report, true);
      };
      try {
        const parts = await gatherReport(version, ask);
        settle({ kind: 'ready', text: reportJson(parts), parts });
      } catch (caught) {
        settle({ kind: 'faulted', fault: faultOf(caught) });
      }
    },
    close: () => store.setState({ kind: 'idle' }, true),
  };
}
