import type { MakeToast, ToastWish } from './notices.ts';
import { screenLink } from './page-fragment.ts';

/** What of one of Electron's notifications is needed. */
export interface SystemNotification {
  show(): void;
  close(): void;
  on(event: 'click', listener: () => void): unknown;
  /** `timedOut`: it was filed away, and can be pressed there. */
  on(event: 'close', listener: (details: { readonly reason?: string }) => void): unknown;
}

/** Notifications of the system as toasts that can be taken back; nothing where the system has none. */
export function systemToasts(isSupported: () => boolean, make: (wish: ToastWish) => SystemNotification): MakeToast {
  // One that nobody holds is collected, and deaf from then on.
  const held = new Set<SystemNotification>();
  return wish => {
    if (!isSupported()) return { show: () => undefined, remove: () => undefined, onPress: () => undefined };
    const notification = make(wish);
    held.add(notification);
    notification.on('click', () => held.delete(notification));
    notification.on('close', ({ reason }) => {
      if (reason !== 'timedOut') held.delete(notification);
    });
    return {
      show: () => notification.show(),
      remove: () => {
        notification.close();
        held.delete(notification);
      },
      onPress: listener => void notification.on('click', () => listener()),
    };
  };
}

/**
 * A toast in the words of Windows. Electron's own has nothing to say which one it was once it is filed away; here the
 * toast and its button carry the screen as a link of ours, which is read like one that any program hands over.
 */
export function toastXml({ title, body, button, screen }: ToastWish): string {
  const link = screen === undefined ? '' : xmlText(screenLink(screen));
  const actions =
    button === undefined ? '' : `<actions><action content="${xmlText(button)}" arguments="${link}"/></actions>`;
  return (
    `<toast launch="${link}"><visual><binding template="ToastGeneric">` +
    `<text>${xmlText(title)}</text><text>${xmlText(body)}</text>` +
    `</binding></visual>${actions}</toast>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** What XML has no place for, however it is written, would spoil the whole: it shows as a replacement character. */
const xmlText = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, character => `&${ENTITIES[character]};`);

/** What of Electron's `Notification` tells of presses on Windows, whichever notification it was. */
export interface PressedNotifications {
  isSupported(): boolean;
  handleActivation(listener: (press: { readonly arguments: string }) => void): void;
}

export interface PressActs {
  readonly show: () => void;
  /** Follows a link that came from outside. */
  readonly follow: (link: string) => void;
}

/**
 * Hears of presses that no notification of this process may hear of: on one that is filed away, is from before, or
 * started the app. Answers what to do when Windows has started this program for such a press: it waits until the class
 * that it wants is there, and Electron does not register it before it is asked for notifications.
 */
export function followPresses(notifications: PressedNotifications, { show, follow }: PressActs): () => void {
  notifications.handleActivation(({ arguments: link }) => (link === '' ? show() : follow(link)));
  return () => void notifications.isSupported();
}
