import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** A part of the page could not be fetched: its server is gone, or the link to it. */
export class NotFetched extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'NotFetched';
  }
}

/** Forgets of each part that it did not come. */
const failed = new Set<() => void>();

/** What did not come is asked for anew when it is drawn again; without this it fails for good. */
export function renewParts(): void {
  for (const renew of failed) renew();
  failed.clear();
  // What loads a part asks for each of its style sheets once only.
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    if ((link.sheet?.cssRules.length ?? 0) === 0) link.replaceWith(link.cloneNode());
  }
}

/** A part that comes when it is first drawn. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>): () => LazyExoticComponent<ComponentType<P>> {
  let part: LazyExoticComponent<ComponentType<P>> | undefined;
  return () => {
    part ??= lazy(async () => {
      try {
        return { default: await load() };
      } catch (caught) {
        failed.add(() => {
          part = undefined;
        });
        throw new NotFetched(caught);
      }
    });
    return part;
  };
}
