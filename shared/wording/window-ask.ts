import type { Fault } from '../contract/fault.ts';
import { escapeUntrusted } from './plain-text.ts';
import { hostKeyWords } from './screen-host-key.ts';
import { fingerprintCommand, wordKeyType } from './word-ssh.ts';

interface AskedLaunch {
  readonly profile: string;
  readonly mountPoint?: string;
  readonly uncPrefix?: string;
}

/** Questions that the window asks in the system's own dialogs. The last button declines. */
export const windowAskWords = {
  openOutside: (address: string) => ({
    message: 'Open this address in your browser?',
    detail: escapeUntrusted(address, 500),
    buttons: ['Open in the browser', 'Stay here'],
  }),
  launchByLink: ({ profile, mountPoint, uncPrefix }: AskedLaunch) => ({
    message: `A link asks for a launch of "${escapeUntrusted(profile)}".`,
    detail: [
      'It came from outside Siloscope: a web page, a document or another program.',
      ...(mountPoint === undefined ? [] : [`Mount point: ${escapeUntrusted(mountPoint)}`]),
      ...(uncPrefix === undefined ? [] : [`UNC prefix: ${escapeUntrusted(uncPrefix)}`]),
      'Going on fills in the Launch screen. Nothing runs until you press Launch there.',
    ].join('\n'),
    buttons: ['Show the Launch screen', 'Ignore the link'],
  }),
  hostKey: (key: Extract<Fault, { code: 'host-key-unknown' }>) => ({
    message: hostKeyWords.title(escapeUntrusted(key.host)),
    detail: [
      hostKeyWords.shown(wordKeyType(key.keyType), key.jump),
      escapeUntrusted(key.fingerprint),
      hostKeyWords.compare,
      fingerprintCommand(key.keyType, key.jump),
      hostKeyWords.kept(key.file === undefined ? undefined : escapeUntrusted(key.file)),
    ].join('\n\n'),
    buttons: [hostKeyWords.trust, 'Leave it closed'],
  }),
  pageHangs: {
    message: 'The window does not answer.',
    detail: 'File systems run on whatever becomes of it. Loading it anew loses what was typed into forms.',
    buttons: ['Load it anew', 'Wait'],
  },
  pageGone: {
    message: 'The window has broken down again and again.',
    detail:
      "File systems run on. The log in Siloscope's folder has the reasons; the command line works without a window.",
    buttons: ['Load it anew', 'Leave it'],
  },
  notStarted: 'Siloscope could not start',
  wentWrong: 'Something went wrong in Siloscope',
  lastHostGone: (host: string): string =>
    `${escapeUntrusted(host, 100)} could not be opened again; this is a simulated host`,
  linkRefused: 'A link was not followed',
  stillRunning: {
    title: 'Siloscope is still here',
    body: 'Closing the window leaves it in the notification area, where it tells of leaks. Exit is in its menu; Windows may hide the icon behind the arrow.',
  },
} as const;
