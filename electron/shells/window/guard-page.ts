import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import { archiveOf } from '../serving/taken-archive.ts';
import { isPageUrl, PAGE_ORIGIN } from './addresses.ts';

interface Preventable {
  preventDefault(): void;
}

/** What of the window's `webContents` is guarded. */
export interface GuardedContents {
  on(
    event: 'will-frame-navigate' | 'will-redirect',
    listener: (details: Preventable & { readonly url: string }) => void,
  ): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: 'deny' }): void;
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void;
}

/** What of the page's `session` is guarded. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: (contents: unknown, permission: string, origin: string) => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
}

/** Keeps the page where it is: no other address, no window, no guest. `open` is asked for links that lead outside. */
export function guardPage(
  contents: GuardedContents,
  { open, log }: { readonly open: (url: string) => void; readonly log: (line: string) => void },
): void {
  const stay = (details: Preventable & { readonly url: string }): void => {
    if (isPageUrl(details.url)) return;
    details.preventDefault();
    log(windowLogWords.refusedNavigation(details.url));
  };
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  // No content security policy knows of connections from page to page.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    open(url);
    return { action: 'deny' };
  });
}

/** The page copies text when a person presses Copy; nothing else that needs a permission is any business of it. */
const GRANTED = 'clipboard-sanitized-write';

/** Denies every permission but the one for Copy. */
export function guardPermissions(session: GuardedSession, log: (line: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    const granted = permission === GRANTED;
    if (!granted) log(windowLogWords.refusedPermission(permission));
    answer(granted);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === GRANTED && origin.replace(/\/$/, '') === PAGE_ORIGIN,
  );
  session.setDevicePermissionHandler(() => false);
}

/** What of the page's `session` tells of requests. */
export interface RequestingSession {
  readonly webRequest: {
    onBeforeRequest(
      filter: { readonly urls: string[] },
      listener: (details: { readonly url: string }, answer: (response: { readonly cancel: boolean }) => void) => void,
    ): void;
  };
}

/** Everything that leads out of the app; what the page is made of has a scheme of its own. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

/** Lets no request out. The page's own policy says so too, but a page whose process was taken over need not heed that. */
export function guardRequests({ webRequest }: RequestingSession, log: (line: string) => void): void {
  webRequest.onBeforeRequest({ urls: OUTSIDE }, ({ url }, answer) => {
    log(windowLogWords.refusedRequest(url));
    answer({ cancel: true });
  });
}

/** What of the page's `session` tells of files to save. */
export interface SavingSession {
  on(
    event: 'will-download',
    listener: (
      event: Preventable,
      item: { getURL(): string; setSaveDialogOptions(options: { readonly title: string }): void },
    ) => void,
  ): unknown;
}

/**
 * What the page made itself, or had copied out of a container, is saved where a person says; nothing else is. Untold, the
 * dialog bears the file's address.
 */
export function guardDownloads(session: SavingSession, log: (line: string) => void): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    const isOurs = url.startsWith(`blob:${PAGE_ORIGIN}/`) || isArchive(url);
    if (isOurs) item.setSaveDialogOptions({ title: windowMenuWords.save });
    else {
      event.preventDefault();
      log(windowLogWords.refusedDownload(url));
    }
  });
}

const isArchive = (url: string): boolean =>
  url.startsWith(PAGE_ORIGIN) && archiveOf(url.slice(PAGE_ORIGIN.length)) !== undefined;
