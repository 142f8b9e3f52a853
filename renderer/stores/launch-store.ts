import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../shared/base/clock.ts';
import type { Disposable } from '../../shared/base/disposables.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { Launched, LaunchPlan, LaunchProgress, LaunchStep } from '../../shared/domain/launch.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { chooseProfile, EMPTY_FORM, type LaunchForm, requestOf, withoutSecretValues } from './launch-form.ts';
import { monotone } from './pull-estimate.ts';

export const STEPS: readonly LaunchStep[] = ['preflight', 'fsd', 'image', 'container', 'start', 'volume', 'listing'];

/** How each step stands; one that is absent has not been reached. */
export type Steps = Readonly<Partial<Record<LaunchStep, LaunchProgress>>>;

/** The plan for what the form holds now: `stale` while a newer one is asked for. Of another profile there is none to show. */
export type Planned =
  | { readonly kind: 'none' | 'asking' }
  | { readonly kind: 'planned'; readonly plan: LaunchPlan; readonly stale: boolean }
  | { readonly kind: 'faulted'; readonly fault: Fault; readonly stale: boolean };

/**
 *   idle ──launch──▶ running ──▶ done ──undo──▶ undoing ──▶ idle
 *     ▲                 └──▶ faulted            (what a failed launch made is undone by the serving side)
 *     └──again── done, faulted
 */
export type Run =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly steps: Steps; readonly cancelling: boolean; readonly startedAt: number }
  | { readonly kind: 'done'; readonly steps: Steps; readonly launched: Launched; readonly tookMs: number }
  | { readonly kind: 'undoing'; readonly steps: Steps; readonly launched: Launched; readonly note: string | undefined }
  | { readonly kind: 'faulted'; readonly steps: Steps; readonly fault: Fault };

/** The steps after one more word of progress. */
export function applyProgress(steps: Steps, told: LaunchProgress): Steps {
  const before = steps[told.step]?.pull;
  const pull = told.pull === undefined ? before : monotone(before, told.pull);
  return { ...steps, [told.step]: { ...told, ...(pull === undefined ? {} : { pull }) } };
}

export interface LaunchStore {
  readonly form: StoreApi<LaunchForm>;
  readonly planned: StoreApi<Planned>;
  readonly run: StoreApi<Run>;
  edit(change: Partial<LaunchForm>): void;
  choose(profile: Profile): void;
  /** Asks for the plan anew, e.g. when the link came back. */
  freshen(): void;
  launch(): Promise<void>;
  cancel(): void;
  /** Stops what was just launched. */
  undo(): Promise<void>;
  again(): void;
  dispose(): void;
}

const TYPING_PAUSE_MS = 180;

/** `settled` is told after each launch and undo, whatever the end. */
export function createLaunchStore(client: Client<Contract>, clock: Clock, settled: () => void): LaunchStore {
  const form = createStore<LaunchForm>(() => EMPTY_FORM);
  const planned = createStore<Planned>(() => ({ kind: 'none' }));
  const run = createStore<Run>(() => ({ kind: 'idle' }));
  let pause: Disposable | undefined;
  let asking: AbortController | undefined;
  let launching: AbortController | undefined;

  const askPlan = async (): Promise<void> => {
    asking?.abort();
    const request = requestOf(form.getState());
    if (request === undefined) {
      planned.setState({ kind: 'none' }, true);
      return;
    }
    const own = new AbortController();
    asking = own;
    try {
      const plan: OutputOf<Contract, 'launch.plan'> = await client.call('launch.plan', withoutSecretValues(request), {
        signal: own.signal,
      });
      if (!own.signal.aborted) planned.setState({ kind: 'planned', plan, stale: false }, true);
    } catch (caught) {
      if (!own.signal.aborted) planned.setState({ kind: 'faulted', fault: faultOf(caught), stale: false }, true);
    }
  };

  const replan = (): void => {
    const now = planned.getState();
    if (now.kind === 'planned' || now.kind === 'faulted') planned.setState({ ...now, stale: true }, true);
    else if (requestOf(form.getState()) !== undefined) planned.setState({ kind: 'asking' }, true);
    pause?.dispose();
    pause = clock.after(TYPING_PAUSE_MS, () => void askPlan());
  };

  const launch = async (): Promise<void> => {
    const request = requestOf(form.getState());
    if (request === undefined || run.getState().kind === 'running') return;
    const own = new AbortController();
    launching = own;
    const startedAt = clock.now();
    run.setState({ kind: 'running', steps: {}, cancelling: false, startedAt }, true);
    const steps = (): Steps => {
      const now = run.getState();
      return now.kind === 'running' ? now.steps : {};
    };
    try {
      const launched = await client.call('filesystem.launch', request, {
        signal: own.signal,
        onProgress: told => {
          const now = run.getState();
          if (now.kind === 'running') run.setState({ ...now, steps: applyProgress(now.steps, told) }, true);
        },
      });
      // What was typed for it alone is over with it.
      form.setState({ secrets: {} });
      run.setState({ kind: 'done', steps: steps(), launched, tookMs: clock.now() - startedAt }, true);
    } catch (caught) {
      run.setState({ kind: 'faulted', steps: steps(), fault: faultOf(caught) }, true);
    }
    settled();
  };

  const undo = async (): Promise<void> => {
    const now = run.getState();
    if (now.kind !== 'done') return;
    const { steps, launched } = now;
    const tell = (note: string | undefined): void => run.setState({ kind: 'undoing', steps, launched, note }, true);
    tell(undefined);
    try {
      await client.call('filesystem.stop', { name: launched.container.name }, { onProgress: ({ note }) => tell(note) });
      run.setState({ kind: 'idle' }, true);
    } catch (caught) {
      run.setState({ kind: 'faulted', steps, fault: faultOf(caught) }, true);
    }
    settled();
    replan();
  };

  return {
    form,
    planned,
    run,
    edit: change => {
      form.setState(change);
      replan();
    },
    choose: profile => {
      form.setState(chooseProfile(form.getState(), profile), true);
      // What the other profile would have done is no preview of this one.
      planned.setState({ kind: 'asking' }, true);
      replan();
    },
    freshen: () => {
      if (planned.getState().kind !== 'none') replan();
    },
    launch,
    cancel: () => {
      const now = run.getState();
      if (now.kind !== 'running') return;
      run.setState({ ...now, cancelling: true }, true);
      launching?.abort();
    },
    undo,
    again: () => {
      run.setState({ kind: 'idle' }, true);
      replan();
    },
    dispose: () => {
      pause?.dispose();
      asking?.abort();
    },
  };
}
