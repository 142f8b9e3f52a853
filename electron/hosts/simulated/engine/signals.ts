import { badRequest } from './api-error.ts';

/** Signals a Windows daemon accepts. Ground: moby/sys signal_windows.go. */
const WINDOWS_SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  WINCH: 28,
};

/** The number of `TERM`, `SIGTERM` or `15`; refused with the daemon's words. */
export function parseSignal(text: string): number {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number === 0) throw badRequest(`invalid signal: ${text}`);
    if (!Object.values(WINDOWS_SIGNALS).includes(number))
      throw badRequest(`the windows daemon does not support signal ${number}`);
    return number;
  }
  const number = WINDOWS_SIGNALS[text.toUpperCase().replace(/^SIG/, '')];
  if (number === undefined) throw badRequest(`invalid signal: ${text}`);
  return number;
}
