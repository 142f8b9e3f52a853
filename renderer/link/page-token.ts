/** The parts of the page that hold the token; `window` has them all. */
export interface TokenPage {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

const KEY = 'siloscope.token';
const TOKEN = /^#([\w-]{20,})$/;

/**
 * Takes the one-time token out of the address bar, so that it is neither bookmarked nor shoulder-surfed, and keeps it
 * for this tab alone, so that a reload still works. A fragment never travels to a server.
 */
export function takeToken(page: TokenPage): string | undefined {
  const [, fresh] = TOKEN.exec(page.location.hash) ?? [];
  if (fresh === undefined) return page.sessionStorage.getItem(KEY) ?? undefined;
  page.sessionStorage.setItem(KEY, fresh);
  page.history.replaceState(null, '', `${page.location.pathname}${page.location.search}#/`);
  return fresh;
}
