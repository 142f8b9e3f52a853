/** What of Electron's `app` decides who is first. */
export interface InstanceApp {
  requestSingleInstanceLock(): boolean;
  quit(): void;
  on(event: 'second-instance', listener: (event: unknown, argv: string[]) => void): unknown;
}

/**
 * Makes sure that one window exists for a person: a second start hands its arguments to the first and ends. Answers
 * whether this is the first.
 */
export function singleInstance(app: InstanceApp, again: (argv: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', (_event, argv) => again(argv));
  return true;
}
