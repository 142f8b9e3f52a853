import type { Ask } from './open-outside.ts';

/** What of Electron's message box is needed; the window it belongs to is the caller's. */
export interface MessageBox {
  readonly type: 'question';
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: string[];
  readonly defaultId: number;
  readonly cancelId: number;
  readonly noLink: true;
}

/** Asks by the system's own dialog. Return, Escape and the closing cross all decline. */
export function askByDialog(showMessageBox: (box: MessageBox) => Promise<{ readonly response: number }>): Ask {
  return async ({ message, detail, buttons }) => {
    const declines = buttons.length - 1;
    const box: MessageBox = {
      type: 'question',
      title: 'Siloscope',
      message,
      detail,
      buttons: [...buttons],
      defaultId: declines,
      cancelId: declines,
      noLink: true,
    };
    return (await showMessageBox(box)).response;
  };
}
