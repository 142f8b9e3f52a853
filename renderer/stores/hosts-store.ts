import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { HostChoice } from '../../shared/domain/host-choice.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** Tells choices apart: simulated hosts share their id. */
export function choiceKey({ id, scenario }: Pick<HostChoice, 'id' | 'scenario'>): string {
  return scenario === undefined ? id : `${id}/${scenario}`;
}

/** A host key that nobody has vouched for yet. */
export type UnknownHostKey = Extract<Fault, { code: 'host-key-unknown' }>;

/** Which host is being opened, or why that failed: then the old one stays. */
export interface HostOpening {
  readonly running: string | undefined;
  readonly fault: Fault | undefined;
  /** Asked of the person before it can be opened: whether that is its key. */
  readonly question: { readonly choice: Opened; readonly key: UnknownHostKey } | undefined;
}

type Opened = Pick<HostChoice, 'id' | 'scenario'>;

export interface HostsStore extends AskedStore<readonly HostChoice[]> {
  readonly opening: StoreApi<HostOpening>;
  /** Opens it in the place of the present one, for every window and page. Never rejects. */
  open(choice: Opened): Promise<void>;
  /** Opens the present one anew, after it was lost. Never rejects. */
  reopen(): Promise<void>;
  /** Opens the host that the question is about, with the key that it shows and no other. Never rejects. */
  trust(): Promise<void>;
  /** Leaves the question, and the host, alone. */
  distrust(): void;
}

export function createHostsStore(client: Client<Contract>, now: () => number): HostsStore {
  const idle: HostOpening = { running: undefined, fault: undefined, question: undefined };
  const opening = createStore<HostOpening>(() => idle);
  const asked = createAskedStore<readonly HostChoice[]>(async () => (await client.call('host.list', {})).hosts, now);
  const open = async ({ id, scenario }: Opened, accepted?: HostOpening['question']): Promise<void> => {
    const choice = { id, ...(scenario === undefined ? {} : { scenario }) };
    if (opening.getState().running !== undefined) return;
    opening.setState({ running: choiceKey(choice), fault: undefined });
    try {
      await client.call('host.open', {
        ...choice,
        ...(accepted === undefined ? {} : { hostKey: accepted.key.fingerprint }),
      });
      opening.setState(idle);
    } catch (caught) {
      const fault = faultOf(caught);
      // With hosts on the way, each has a question of its own.
      const isNew = fault.code === 'host-key-unknown' && fault.fingerprint !== accepted?.key.fingerprint;
      opening.setState({
        running: undefined,
        fault: isNew ? undefined : fault,
        question: isNew ? { choice, key: fault } : accepted,
      });
    }
    await asked.refresh();
  };
  return {
    ...asked,
    opening,
    open: choice => open(choice),
    reopen: async () => {
      await asked.refresh();
      const listed = asked.store.getState();
      const current = listed.kind === 'known' ? listed.value.find(choice => choice.current) : undefined;
      if (current !== undefined) await open(current);
    },
    trust: async () => {
      const { question } = opening.getState();
      if (question !== undefined) await open(question.choice, question);
    },
    distrust: () => {
      if (opening.getState().running === undefined) opening.setState(idle);
    },
  };
}

/** The simulated host that everything works on; undefined where none comes along. */
export function defaultScenario(choices: readonly HostChoice[]): HostChoice | undefined {
  const simulated = choices.filter(({ kind, available }) => kind === 'simulated' && available);
  return simulated.find(({ scenario }) => scenario === 'default') ?? simulated[0];
}
