import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** A part of the page could not be fetched: its server is gone, or the link to it. */
export class NotFetched extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'NotFetched';
  }
}

/** A part that comes when it is first drawn. React keeps a failure for good; here what did not come is asked for anew. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>): () => LazyExoticComponent<ComponentType<P>> {
  let part: LazyExoticComponent<ComponentType<P>> | undefined;
  return () => {
    part ??= lazy(async () => {
      try {
        return { default: await load() };
      } catch (caught) {
        part = undefined;
        throw new NotFetched(caught);
      }
    });
    return part;
  };
}
