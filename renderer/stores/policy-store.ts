import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import { NO_LEAKS } from '../../shared/domain/no-leaks.ts';
import type { Acceptance, Policy, PolicyRule } from '../../shared/domain/policy.ts';
import { SEVERITIES } from '../../shared/domain/severities.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type KeptPolicy = OutputOf<Contract, 'policy.read'>;

/** The policy as it is being edited; undefined: as it is kept. It outlives the screen. */
export interface PolicyDraft {
  readonly policy: Policy | undefined;
  /** What was kept when the editing began. */
  readonly base?: Policy | undefined;
  readonly saving: boolean;
  readonly fault: Fault | undefined;
}

export interface PolicyStore extends AskedStore<KeptPolicy> {
  readonly draft: StoreApi<PolicyDraft>;
  edit(change: (policy: Policy) => Policy): void;
  /** Back to what is kept. */
  discard(): void;
  /** Keeps the draft, if the schema takes it. Never rejects. */
  save(): Promise<void>;
}

/** The policy with one rule changed; what is emptied is left out. */
export function changeRule(policy: Policy, at: number, change: Partial<PolicyRule>): Policy {
  return {
    ...policy,
    rules: policy.rules.map((rule, index) => (index === at ? tidyRule({ ...rule, ...change }) : rule)),
  };
}

/** The policy with one rule moved; the first that matches decides, so the order counts. */
export function moveRule(policy: Policy, from: number, to: number): Policy {
  const rule = policy.rules[from];
  if (rule === undefined || to < 0 || to >= policy.rules.length) return policy;
  const rest = policy.rules.filter((_, index) => index !== from);
  return { ...policy, rules: [...rest.slice(0, to), rule, ...rest.slice(to)] };
}

/** What a new rule says until it is changed: the strictest, so that nothing is allowed by an oversight. */
export const NEW_RULE: PolicyRule = { seenFrom: 'anywhere', allow: false };

function tidyRule(rule: PolicyRule): PolicyRule {
  const { seenFrom, allow } = rule;
  return { ...filled(rule, ['uncPrefix', 'container', 'image', 'label', 'profile', 'reason']), seenFrom, allow };
}

/** The texts of some fields that have one. */
function filled<F extends string>(
  holder: Readonly<Partial<Record<F, string | undefined>>>,
  fields: readonly F[],
): object {
  return Object.fromEntries(
    fields.flatMap(field => {
      const text = holder[field];
      return text === undefined || text === '' ? [] : [[field, text] as const];
    }),
  );
}

/** The policy with other acceptances; without any it has no such key. */
export function withAcceptances(policy: Policy, acceptances: readonly Acceptance[]): Policy {
  const { acceptances: _, ...rest } = policy;
  return acceptances.length === 0 ? rest : { ...rest, acceptances: [...acceptances] };
}

/** The policy with one acceptance changed; what is emptied is left out. */
export function changeAcceptance(policy: Policy, at: number, change: Partial<Acceptance>): Policy {
  const changed = (policy.acceptances ?? []).map((acceptance, index): Acceptance => {
    if (index !== at) return acceptance;
    const { code, seenFrom, reason, until, ...patterns } = { ...acceptance, ...change };
    return { code, ...filled(patterns, ['uncPrefix', 'container', 'device']), seenFrom, reason, until };
  });
  return withAcceptances(policy, changed);
}

/** What a new acceptance says until it is changed: a leak, for a month. It is of nothing yet, hence cannot be kept. */
export function newAcceptance(now: number): Acceptance {
  const until = new Date(now + 30 * 86_400_000).toISOString().slice(0, 10);
  return { code: 'unc-leak', seenFrom: 'anywhere', reason: '', until };
}

/** The policy with one finding counted as a violation, or not. */
export function changeFinding(policy: Policy, code: NonNullable<Policy['findings']>[number], counts: boolean): Policy {
  const { findings = [], ...rest } = policy;
  const next = counts ? [...new Set([...findings, code])] : findings.filter(other => other !== code);
  return next.length === 0 ? rest : { ...rest, findings: next };
}

/** From which weight on any finding counts; anything else than a severity: none by its weight. */
export function changeFindingsFrom({ findingsFrom: _before, ...rest }: Policy, from: string): Policy {
  const severity = SEVERITIES.find(one => one === from);
  return severity === undefined ? rest : { ...rest, findingsFrom: severity };
}

export function createPolicyStore(client: Client<Contract>, now: () => number): PolicyStore {
  const draft = createStore<PolicyDraft>(() => ({ policy: undefined, saving: false, fault: undefined }));
  const asked = createAskedStore<KeptPolicy>(() => client.call('policy.read', {}), now);
  const kept = (): Policy => {
    const state = asked.store.getState();
    return state.kind === 'known' ? state.value.policy : NO_LEAKS;
  };
  return {
    ...asked,
    draft,
    edit: change => {
      const { policy, base } = draft.getState();
      draft.setState({
        policy: change(policy ?? kept()),
        base: policy === undefined ? kept() : base,
        fault: undefined,
      });
    },
    discard: () => draft.setState({ policy: undefined, fault: undefined }),
    save: async () => {
      // Its schema comes when it is first needed, not with the page.
      const schemas = await import('../../shared/domain/policy.ts');
      const parsed = schemas.Policy.safeParse(draft.getState().policy);
      if (!parsed.success || draft.getState().saving) return;
      draft.setState({ saving: true, fault: undefined });
      try {
        await client.call('policy.save', { policy: parsed.data });
        await asked.refresh();
        draft.setState({ policy: undefined, saving: false });
      } catch (caught) {
        draft.setState({ saving: false, fault: faultOf(caught) });
      }
    },
  };
}
