import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, InputOf } from '../../shared/contract/operation.ts';
import type {
  BuildProgress,
  BuildStep,
  BuiltImage,
  ImageRecipe,
  RecipePlan,
} from '../../shared/domain/image-recipe.ts';
import type { PullProgress } from '../../shared/domain/launch.ts';
import { monotone } from './pull-estimate.ts';

/** How a build stands: its steps in order, the last of what the present one printed. */
export interface BuildRun {
  readonly pull: PullProgress | undefined;
  readonly sent: { readonly sentBytes: number; readonly totalBytes: number } | undefined;
  readonly steps: readonly { readonly step: BuildStep; readonly cached: boolean }[];
  readonly output: string;
}

/**
 *   closed ──open──▶ planning ──▶ planned ──run──▶ building ──▶ done
 *      ▲                └──▶ faulted ◀────────────────┘  └─cancel─▶ planned
 *      └──close── any but building
 */
export type Build =
  | { readonly kind: 'closed' }
  | { readonly kind: 'planning' }
  /** `stale`: what was edited is being weighed. */
  | { readonly kind: 'planned'; readonly plan: RecipePlan; readonly stale: boolean }
  | { readonly kind: 'building'; readonly plan: RecipePlan; readonly run: BuildRun; readonly cancelling: boolean }
  | { readonly kind: 'done'; readonly plan: RecipePlan; readonly built: BuiltImage }
  | { readonly kind: 'faulted'; readonly plan: RecipePlan | undefined; readonly run: BuildRun; readonly fault: Fault };

export interface BuildStore {
  readonly store: StoreApi<Build>;
  /** Plans the recipe of a profile. */
  open(profile: string): Promise<void>;
  /** Plans anew, with another text, other files, or another name. */
  edit(change: { readonly recipe?: Partial<ImageRecipe>; readonly tag?: string }): Promise<void>;
  run(): Promise<void>;
  cancel(): void;
  /** From a build that is over, to its recipe. */
  back(): void;
  close(): void;
}

const NOTHING_YET: BuildRun = { pull: undefined, sent: undefined, steps: [], output: '' };
const MOST_OUTPUT = 20_000;

/** The build after one more word of progress. */
export function applyBuildProgress(run: BuildRun, told: BuildProgress): BuildRun {
  switch (told.kind) {
    case 'pull':
      return { ...run, pull: monotone(run.pull, told.pull) };
    case 'sending':
      return { ...run, sent: { sentBytes: told.sentBytes, totalBytes: told.totalBytes } };
    case 'step': {
      const { step, cached } = told;
      const others = run.steps.filter(one => one.step.number !== step.number);
      return { ...run, steps: [...others, { step, cached }], output: '' };
    }
    case 'output':
      return { ...run, output: `${run.output}${told.text}`.slice(-MOST_OUTPUT) };
  }
}

/** `built` is told after each build, whatever its end: it may have pulled a base image. */
export function createBuildStore(client: Client<Contract>, built: () => void): BuildStore {
  const store = createStore<Build>(() => ({ kind: 'closed' }));
  let building: AbortController | undefined;
  let latest = 0;

  const ask = async (input: InputOf<Contract, 'image.recipe'>, before: RecipePlan | undefined): Promise<void> => {
    const own = ++latest;
    store.setState(before === undefined ? { kind: 'planning' } : { kind: 'planned', plan: before, stale: true }, true);
    try {
      const plan = await client.call('image.recipe', input);
      if (own === latest) store.setState({ kind: 'planned', plan, stale: false }, true);
    } catch (caught) {
      if (own !== latest) return;
      store.setState({ kind: 'faulted', plan: before, run: NOTHING_YET, fault: faultOf(caught) }, true);
    }
  };
  const inputOf = ({ profile, recipe, tag }: RecipePlan): InputOf<Contract, 'image.build'> => ({
    ...(profile === undefined ? {} : { profile }),
    recipe,
    tag,
  });
  const change = (told: BuildProgress): void => {
    const now = store.getState();
    if (now.kind === 'building') store.setState({ ...now, run: applyBuildProgress(now.run, told) }, true);
  };

  return {
    store,
    open: profile => ask({ profile }, undefined),
    edit: async ({ recipe, tag }) => {
      const now = store.getState();
      if (now.kind !== 'planned') return;
      const plan = { ...now.plan, recipe: { ...now.plan.recipe, ...recipe }, tag: tag ?? now.plan.tag };
      await ask(inputOf(plan), plan);
    },
    run: async () => {
      const now = store.getState();
      if (now.kind !== 'planned') return;
      const { plan } = now;
      latest += 1;
      const own = new AbortController();
      building = own;
      store.setState({ kind: 'building', plan, run: NOTHING_YET, cancelling: false }, true);
      try {
        const answer = await client.call('image.build', inputOf(plan), { signal: own.signal, onProgress: change });
        store.setState({ kind: 'done', plan, built: answer }, true);
      } catch (caught) {
        const fault = faultOf(caught);
        const after = store.getState();
        const run = after.kind === 'building' ? after.run : NOTHING_YET;
        if (fault.code === 'cancelled') store.setState({ kind: 'planned', plan, stale: false }, true);
        else store.setState({ kind: 'faulted', plan, run, fault }, true);
      }
      built();
    },
    cancel: () => {
      const now = store.getState();
      if (now.kind !== 'building') return;
      store.setState({ ...now, cancelling: true }, true);
      building?.abort();
    },
    back: () => {
      const now = store.getState();
      if ((now.kind === 'faulted' || now.kind === 'done') && now.plan !== undefined) {
        store.setState({ kind: 'planned', plan: now.plan, stale: false }, true);
      }
    },
    close: () => {
      if (store.getState().kind === 'building') return;
      latest += 1;
      store.setState({ kind: 'closed' }, true);
    },
  };
}
