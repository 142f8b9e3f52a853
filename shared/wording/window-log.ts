import { escapeUntrusted } from './plain-text.ts';

/** Lines of the window's log: what was refused, and why. Addresses in them are other people's text. */
export const windowLogWords = {
  foreignSender: (because: string, url: string | undefined): string =>
    `A message was not heard: ${SENDERS[because] ?? because} (${escapeUntrusted(url ?? 'no address')}).`,
  refusedFrame: (because: string): string => `A message of the page was refused: ${FRAMES[because] ?? because}.`,
  refusedNavigation: (url: string): string => `The page may not go to ${escapeUntrusted(url)}.`,
  refusedRequest: (url: string): string => `The page may not ask for ${escapeUntrusted(url)}.`,
  refusedWindow: (url: string): string => `The page may not open ${escapeUntrusted(url)}.`,
  refusedPermission: (permission: string): string => `The page may not have "${escapeUntrusted(permission)}".`,
  refusedDownload: (url: string): string => `The page may not save ${escapeUntrusted(url)}.`,
  refusedFile: (url: string): string => `There is no file of the page at ${escapeUntrusted(url)}.`,
  refusedLink: (because: string): string => `A link was refused: ${because}`,
  refusedArgument: (argument: string): string => `An argument was passed over: ${escapeUntrusted(argument)}`,
  pageGone: (reason: string): string => `The page's process ended (${escapeUntrusted(reason)}); it is loaded again.`,
  pageGoneOften: (reason: string): string =>
    `The page's process ended too often (${escapeUntrusted(reason)}); the user was asked.`,
  processGone: (what: string, reason: string): string =>
    `A process of the window ended: ${escapeUntrusted(what)} (${escapeUntrusted(reason)}).`,
  wentWrong: (reason: string): string => `Nothing was prepared for this: ${escapeUntrusted(reason, 2_000)}`,
  notLoaded: (reason: string): string => `The page was not loaded: ${escapeUntrusted(reason)}.`,
  notStarted: (reason: string): string => `The app did not start: ${escapeUntrusted(reason, 2_000)}`,
  unreadable: (file: string, reason: string): string =>
    `${file} could not be read (${reason}); the last good copy counts.`,
  unwritable: (file: string, reason: string): string => `${file} could not be written: ${reason}.`,
} as const;

const SENDERS: Readonly<Record<string, string>> = {
  'another-window': 'it came from another window',
  'frame-gone': 'its frame is gone',
  'nested-frame': 'it came from a frame inside the page',
  'another-page': 'it came from another page',
};

const FRAMES: Readonly<Record<string, string>> = {
  'too-large': 'it is larger than any call',
  'too-deep': 'it is nested too deeply',
  'not-plain': 'it holds more than plain data',
};
