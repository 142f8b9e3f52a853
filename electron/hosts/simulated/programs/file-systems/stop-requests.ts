import type { ProgramContext } from '../../machine.ts';

interface Listener {
  readonly silo: number;
  readonly program: string;
  readonly stop: () => void;
  /** What it answers when it is asked how it is doing. */
  readonly state: () => object;
}

/** Who can be told to stop, by machine: what rclone's remote control listens on, without the port. */
const LISTENERS = new WeakMap<ProgramContext['machine'], Set<Listener>>();

/** Lets a program of the same name in the same silo ask this one to end. */
export function stopRequests(
  context: ProgramContext,
  program: string,
  state: () => object = () => ({}),
): { readonly asked: Promise<void>; dispose(): void } {
  const listeners = LISTENERS.get(context.machine) ?? new Set<Listener>();
  LISTENERS.set(context.machine, listeners);
  let listener: Listener | undefined;
  const asked = new Promise<void>(resolve => {
    listener = { silo: context.win32.subject.silo, program, stop: resolve, state };
    listeners.add(listener);
  });
  const dispose = (): void => {
    if (listener !== undefined) listeners.delete(listener);
  };
  context.signal.addEventListener('abort', dispose, { once: true });
  return { asked, dispose };
}

/** How the first such program of the caller's silo is doing. Undefined when there is none. */
export function askState(context: ProgramContext, program: string): object | undefined {
  const { silo } = context.win32.subject;
  return [...(LISTENERS.get(context.machine) ?? [])].find(one => one.silo === silo && one.program === program)?.state();
}

/** Asks every such program of the caller's silo to end. False when there is none. */
export function askToStop(context: ProgramContext, program: string): boolean {
  const { silo } = context.win32.subject;
  const found = [...(LISTENERS.get(context.machine) ?? [])].filter(one => one.silo === silo && one.program === program);
  for (const listener of found) listener.stop();
  return found.length > 0;
}
