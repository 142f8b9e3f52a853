import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { ImagePrunePlan, PrunedImage, PruneScope } from '../../shared/domain/image-prune.ts';

/**
 *   closed ──open──▶ planning ──▶ planned ──run──▶ pruning ──▶ done
 *      ▲                 └──▶ faulted ◀───────────────┘
 *      └──close── any but pruning
 */
export type Prune =
  | { readonly kind: 'closed' }
  | { readonly kind: 'planning'; readonly scope: PruneScope }
  | { readonly kind: 'planned'; readonly scope: PruneScope; readonly plan: ImagePrunePlan }
  | { readonly kind: 'pruning'; readonly plan: ImagePrunePlan; readonly images: readonly PrunedImage[] }
  | { readonly kind: 'done'; readonly images: readonly PrunedImage[]; readonly bytes: number }
  | { readonly kind: 'faulted'; readonly fault: Fault };

/** Images that are taken away: one by its name, or all that a plan names. */
export interface PruneStore {
  readonly store: StoreApi<Prune>;
  /** Asks what would go. Nothing is removed before `run`. */
  open(scope: PruneScope): Promise<void>;
  run(): Promise<void>;
  close(): void;
  /** Names that are being removed, and why the last removal of each failed. */
  readonly removals: StoreApi<Readonly<Record<string, { readonly running: boolean; readonly fault?: Fault }>>>;
  remove(reference: string): Promise<void>;
  dismiss(reference: string): void;
}

/** `removed` is told after each removal, whatever its end. */
export function createPruneStore(client: Client<Contract>, removed: () => void): PruneStore {
  const store = createStore<Prune>(() => ({ kind: 'closed' }));
  const removals = createStore<Readonly<Record<string, { running: boolean; fault?: Fault }>>>(() => ({}));
  const dismiss = (reference: string): void =>
    removals.setState(all => Object.fromEntries(Object.entries(all).filter(([key]) => key !== reference)), true);
  return {
    store,
    removals,
    dismiss,
    open: async scope => {
      const own: Prune = { kind: 'planning', scope };
      store.setState(own, true);
      try {
        const plan = await client.call('image.prune.plan', { scope });
        if (store.getState() === own) store.setState({ kind: 'planned', scope, plan }, true);
      } catch (caught) {
        if (store.getState() === own) store.setState({ kind: 'faulted', fault: faultOf(caught) }, true);
      }
    },
    run: async () => {
      const now = store.getState();
      if (now.kind !== 'planned') return;
      const { plan } = now;
      store.setState({ kind: 'pruning', plan, images: [] }, true);
      try {
        const { images, bytes } = await client.call(
          'image.prune',
          { images: plan.remove.map(({ id }) => id) },
          {
            onProgress: image => {
              const state = store.getState();
              if (state.kind === 'pruning') store.setState({ ...state, images: [...state.images, image] }, true);
            },
          },
        );
        store.setState({ kind: 'done', images, bytes }, true);
      } catch (caught) {
        store.setState({ kind: 'faulted', fault: faultOf(caught) }, true);
      }
      removed();
    },
    close: () => {
      if (store.getState().kind !== 'pruning') store.setState({ kind: 'closed' }, true);
    },
    remove: async reference => {
      if (removals.getState()[reference]?.running === true) return;
      removals.setState({ [reference]: { running: true } });
      try {
        await client.call('image.remove', { reference });
        dismiss(reference);
      } catch (caught) {
        removals.setState({ [reference]: { running: false, fault: faultOf(caught) } });
      }
      removed();
    },
  };
}
