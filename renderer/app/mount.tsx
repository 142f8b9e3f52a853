import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Clock } from '../../shared/base/clock.ts';
import type { Link } from '../link/link.ts';
import { loadContract, reconnectingClient } from '../link/reconnecting-client.ts';
import type { Keep } from '../stores/appearance-store.ts';
import { createStores } from '../stores/stores.ts';
import { App } from './App.tsx';
import { firstFrame } from './first-frame.ts';

export interface MountOptions {
  readonly link: Link;
  readonly clock: Clock;
  readonly keep: Keep;
  /** Is this the app's own window, not a browser? */
  readonly inWindow?: boolean;
}

export interface Mounted {
  /** Tries the link again, if it is down. */
  retry(): void;
  dispose(): void;
}

/** Puts the app into `element`. Dispose to take it out again. */
export function mount(element: HTMLElement, { link, clock, keep, inWindow = false }: MountOptions): Mounted {
  const client = reconnectingClient(link, clock, () => firstFrame().then(loadContract));
  const stores = createStores({ client, connection: client, clock, keep, fragment: window.location.hash, inWindow });
  const root = createRoot(element);
  // At once: what waits for the first frame must find the navigation in it.
  flushSync(() => root.render(<App stores={stores} />));
  return {
    retry: () => client.retry(),
    dispose: () => {
      root.unmount();
      stores.dispose();
      client.dispose();
    },
  };
}
