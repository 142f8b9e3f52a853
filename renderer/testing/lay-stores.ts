import { onTestFinished } from 'vitest';
import { systemClock } from '../../shared/base/clock.ts';
import { type ReconnectingClient, reconnectingClient } from '../link/reconnecting-client.ts';
import { createStores, type Stores } from '../stores/stores.ts';
import { until } from '../stores/until.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';
import { STORIES } from './fake-story.ts';
import { type MemoryLink, memoryLink } from './memory-link.ts';

/** The stores of a page, and all that they stand on. */
export interface Laid {
  readonly host: FakeHost;
  readonly link: MemoryLink;
  readonly client: ReconnectingClient;
  readonly stores: Stores;
  /** What the page left in its browser. */
  readonly kept: ReadonlyMap<string, string>;
}

/** Lays out the stores on a host of fixtures, as the page does at that fragment. They go with the test that asked for them. */
export function layStores(fragment: string, story = STORIES['winfsp-container-support']()): Laid {
  const host = fakeHost(story, systemClock, 0.02);
  const link = memoryLink(host.hub);
  const client = reconnectingClient(link, systemClock);
  const kept = new Map<string, string>();
  const stores = createStores({
    client,
    connection: client,
    clock: systemClock,
    keep: { getItem: key => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    fragment,
  });
  onTestFinished(() => {
    stores.dispose();
    client.dispose();
    host.hub.dispose();
  });
  return { host, link, client, stores, kept };
}

/** The same, once they are connected. */
export async function connectedStores(...asked: Parameters<typeof layStores>): Promise<Laid> {
  const laid = layStores(...asked);
  await until(laid.stores.connection.store, ({ kind }) => kind === 'open');
  return laid;
}
