/** What of Electron's `powerMonitor` is followed. */
export interface PowerEvents {
  on(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
}

/** After sleep and behind a locked screen the host may have become another one: look again, in app and page alike. */
export function lookAfterSleep(power: PowerEvents, look: () => void): void {
  power.on('resume', look);
  power.on('unlock-screen', look);
}
