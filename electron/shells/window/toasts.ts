import type { MakeToast } from './notices.ts';

/** What of one of Electron's notifications is needed. */
export interface SystemNotification {
  show(): void;
  close(): void;
  on(event: 'click', listener: () => void): unknown;
  on(event: 'action', listener: (details: { readonly actionIndex: number }) => void): unknown;
}

export interface NotificationWish {
  readonly title: string;
  readonly body: string;
  readonly actions: { readonly type: 'button'; readonly text: string }[];
}

/** Notifications of the system as toasts that can be taken back; nothing where the system has none. */
export function systemToasts(
  isSupported: () => boolean,
  make: (wish: NotificationWish) => SystemNotification,
): MakeToast {
  return ({ title, body, buttons }) => {
    if (!isSupported()) return { show: () => undefined, remove: () => undefined, onPress: () => undefined };
    const notification = make({ title, body, actions: buttons.map(text => ({ type: 'button', text })) });
    return {
      show: () => notification.show(),
      remove: () => notification.close(),
      onPress: listener => {
        notification.on('click', () => listener(undefined));
        notification.on('action', ({ actionIndex }) => listener(actionIndex));
      },
    };
  };
}

/** What of Electron's `Notification` tells of presses on Windows, whichever notification it was. */
export interface PressedNotifications {
  handleActivation(listener: (press: { readonly type: string; readonly actionIndex?: number }) => void): void;
}

/**
 * Shows the window for a press that no notification of this process may hear of: one that is filed away, is from before,
 * or started the app (electron#29461, #51147). The last button says "not now"; the one before it is the first.
 */
export function showWhenPressed(notifications: PressedNotifications, show: () => void): void {
  notifications.handleActivation(({ type, actionIndex }) => {
    if (type === 'click' || actionIndex === 0) show();
  });
}
