import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, InputOf, OutputOf } from '../../shared/contract/operation.ts';
import type { EvidenceStepCode } from '../../shared/domain/evidence.ts';
import type { Fix } from '../../shared/domain/fix.ts';
import type { Finding, Inspection } from '../../shared/domain/inspection.ts';
import type { FindAnew } from '../../shared/domain/live-inspection.ts';
import { type AskedStore, createAskedStore } from './asked.ts';
import { carryEvidence } from './carry-evidence.ts';
import { FollowedInspection, type SightNews } from './followed-inspection.ts';
import { mergeLook, type VolumeLook } from './merge-look.ts';

/** How deep to look. Each includes the one before. */
export type Depth = 'look' | 'probe' | 'canary';

/** A look that a person asked for: under way, or why it failed. */
export interface DeepLook {
  readonly running: Depth | undefined;
  readonly fault: Fault | undefined;
}

/** One volume, and the one namespace it is looked at from; without it: from all. */
export interface LookTarget {
  readonly device: string;
  readonly namespace?: string | undefined;
}

/** A look at one cell or one volume: under way, or how the last one ended. */
export interface CellLook {
  readonly running: (LookTarget & { readonly depth: 'probe' | 'canary' | EvidenceStepCode }) | undefined;
  /** Whom `gaps` and `fault` are about. */
  readonly last: LookTarget | undefined;
  /** What could not be done, though the look as a whole could. */
  readonly gaps: VolumeLook['gaps'];
  readonly fault: Fault | undefined;
}

/** A fix of a finding: under way with its latest note, or how the last one ended. */
export interface Fixing {
  readonly running: { readonly finding: string; readonly note: string | undefined } | undefined;
  /** Which finding `last` and `fault` are about. */
  readonly about: string | undefined;
  readonly last: OutputOf<Contract, 'finding.fix'> | undefined;
  readonly fault: Fault | undefined;
  /** What was tried, where it failed: what it lacked may be given. */
  readonly tried: Fix | undefined;
}

/** What a person says with a fix: why it is accepted and until when, or secrets that it lacks. */
export type FixWords =
  | { readonly reason: string; readonly until: string }
  | { readonly secrets: Readonly<Record<string, string>> };

const NO_FIX: Fixing = { running: undefined, about: undefined, last: undefined, fault: undefined, tried: undefined };
const NO_LOOK: CellLook = { running: undefined, last: undefined, gaps: [], fault: undefined };

export interface InspectionStore extends AskedStore<Inspection> {
  readonly deep: StoreApi<DeepLook>;
  /** Asks with `probe` or `canary`; later looks by themselves never write and keep what this one proved. */
  look(depth: Depth): Promise<void>;
  /** Looks again as an administrator, whom Windows may ask for; later looks keep to rights that are still held. */
  lookElevated(): Promise<void>;
  cancel(): void;
  readonly cellLook: StoreApi<CellLook>;
  /** Opens one volume, with a token written first if it is a canary. One at a time; the rest stays as it was seen. */
  lookAt(target: LookTarget, depth: 'probe' | 'canary'): Promise<void>;
  /** A fix under way, or how the last one ended. */
  readonly fixing: StoreApi<Fixing>;
  /** Does what a finding offers, and looks anew. */
  fix(finding: Finding, fix: Fix, said?: FixWords): Promise<void>;
  /**
   * Brings namespaces, volumes, cells and findings up to date by what the news tells. Answers whether anything of it changed:
   * the evidence of cells, and what only a look can find, are those of the last look until the next one.
   */
  hear(news: SightNews): boolean;
  /** Looks at one link of a volume's chain of evidence anew. */
  lookAtStep(device: string, step: EvidenceStepCode): Promise<void>;
}

export function createInspectionStore(client: Client<Contract>, now: () => number): InspectionStore {
  const deep = createStore<DeepLook>(() => ({ running: undefined, fault: undefined }));
  let depth: Depth = 'look';
  let asksPerson = false;
  let controller = new AbortController();
  /** Before the first deep look there is nothing to carry, and a thousand rows need not be laid out. */
  let hasLookedDeeply = false;
  const cellLook = createStore<CellLook>(() => NO_LOOK);
  let looking: AbortController | undefined;
  /** What is known by now: a look at one cell may have proved more while the whole was asked. */
  const latest = (previous: Inspection | undefined): Inspection | undefined => {
    const state = asked.store.getState();
    return state.kind === 'known' ? state.value : previous;
  };

  // Not needed before something changes, and no small part: it comes after the first answer.
  let findAnew: FindAnew | undefined;
  let isFetched = false;
  const fetchFinding = (): void => {
    if (isFetched) return;
    isFetched = true;
    void import('../../shared/wording/live-findings.ts').then(
      ({ findLive }) => {
        findAnew = findLive;
      },
      () => {
        isFetched = false;
      },
    );
  };
  const followed = new FollowedInspection((before, after) => findAnew?.(before, after) ?? after);
  const take = async (previous: Inspection | undefined): Promise<Inspection> => {
    const asking = depth;
    const elevate = asksPerson ? 'ask' : 'if-held';
    depth = 'look';
    asksPerson = false;
    if (asking === 'look') {
      const next = await client.call('inspection.take', { elevate });
      return hasLookedDeeply ? carryEvidence(latest(previous), next) : next;
    }
    hasLookedDeeply = true;
    deep.setState({ running: asking, fault: undefined });
    const { signal } = controller;
    try {
      const next = await client.call(
        'inspection.take',
        { probe: true, canary: asking === 'canary', elevate },
        { signal },
      );
      deep.setState({ running: undefined });
      return carryEvidence(latest(previous), next);
    } catch (caught) {
      const fault = faultOf(caught);
      deep.setState({ running: undefined, fault: fault.code === 'cancelled' ? undefined : fault });
      if (previous !== undefined) return previous;
      throw caught;
    }
  };
  const asked: AskedStore<Inspection> = createAskedStore<Inspection>(
    async previous => {
      followed.begin();
      try {
        return await take(previous);
      } catch (caught) {
        followed.abandon();
        throw caught;
      }
    },
    now,
    answer => {
      fetchFinding();
      return followed.settle(answer);
    },
  );

  const lookAt = async (
    target: LookTarget,
    depth: 'probe' | 'canary' | EvidenceStepCode,
    how: Pick<InputOf<Contract, 'volume.look'>, 'canary' | 'step'>,
  ): Promise<void> => {
    if (cellLook.getState().running !== undefined) return;
    const own = new AbortController();
    looking = own;
    cellLook.setState({ ...NO_LOOK, running: { ...target, depth } }, true);
    const { device, namespace } = target;
    try {
      const seen = await client.call(
        'volume.look',
        { device, ...(namespace === undefined ? {} : { namespace }), ...how },
        { signal: own.signal },
      );
      if (own.signal.aborted) return;
      const state = asked.store.getState();
      hasLookedDeeply = true;
      if (state.kind === 'known') asked.store.setState({ ...state, value: mergeLook(state.value, device, seen) }, true);
      cellLook.setState({ ...NO_LOOK, last: target, gaps: seen.gaps }, true);
    } catch (caught) {
      const fault = faultOf(caught);
      cellLook.setState({ ...NO_LOOK, last: target, fault: fault.code === 'cancelled' ? undefined : fault }, true);
    }
  };

  const fixing = createStore<Fixing>(() => NO_FIX);
  const fix: InspectionStore['fix'] = async ({ id = '' }, tried, said) => {
    const { kind, relaunches } = tried;
    if (fixing.getState().running !== undefined) return;
    fixing.setState({ ...NO_FIX, running: { finding: id, note: undefined } }, true);
    const accept = relaunches.flatMap(({ device }) => device ?? []);
    try {
      const last = await client.call(
        'finding.fix',
        { finding: id, fix: kind, accept, ...said },
        { onProgress: ({ note }) => fixing.setState({ running: { finding: id, note } }) },
      );
      fixing.setState({ ...NO_FIX, about: id, last }, true);
    } catch (caught) {
      fixing.setState({ ...NO_FIX, about: id, fault: faultOf(caught), tried }, true);
    }
    await asked.refresh();
  };

  return {
    ...asked,
    deep,
    fixing,
    fix,
    cellLook,
    lookAt: (target, depth) => lookAt(target, depth, { canary: depth === 'canary' }),
    hear: news => {
      const state = asked.store.getState();
      const before = state.kind === 'known' ? state.value : undefined;
      const { shown, isMissed } = followed.hear(news, before);
      if (isMissed) asked.freshen();
      if (state.kind !== 'known' || shown === undefined || shown === before) return false;
      asked.store.setState({ ...state, value: shown }, true);
      return true;
    },
    lookAtStep: (device, step) => lookAt({ device }, step, { step }),
    look: wanted => {
      depth = wanted;
      controller = new AbortController();
      return asked.refresh();
    },
    lookElevated: () => {
      asksPerson = true;
      return asked.refresh();
    },
    cancel: () => {
      controller.abort();
      looking?.abort();
    },
    forget: () => {
      controller.abort();
      looking?.abort();
      cellLook.setState(NO_LOOK, true);
      fixing.setState(NO_FIX, true);
      hasLookedDeeply = false;
      followed.forget();
      deep.setState({ running: undefined, fault: undefined });
      asked.forget();
    },
  };
}
