/**
 * The two halves of a context bridge over DOM events, one for each world. They run in the browser: their text is sent
 * there, so they stand on nothing outside themselves. What an event carries from one world to the other is cloned by
 * the browser; functions travel as numbers.
 */

/** Runs in the page's own world, before any script of the page. */
export function pageHalf(): void {
  const EVENT = 'standin-bridge';
  type Sent = { readonly fn: number } | { readonly data: unknown };
  const own: ((...args: unknown[]) => unknown)[] = [];
  let returned: unknown;
  const tell = (detail: object): void => void document.dispatchEvent(new CustomEvent(EVENT, { detail }));
  const pack = (value: unknown): Sent =>
    typeof value === 'function' ? { fn: own.push(value as () => unknown) - 1 } : { data: value };
  const open = (sent: Sent | undefined): unknown =>
    sent !== undefined && 'fn' in sent ? far(sent.fn) : sent === undefined ? undefined : sent.data;
  const far =
    (fn: number) =>
    (...args: unknown[]): unknown => {
      returned = undefined;
      tell({ to: 'preload', kind: 'call', fn, args: args.map(pack) });
      return returned;
    };
  document.addEventListener(EVENT, event => {
    const { detail } = event as CustomEvent;
    if (detail.to !== 'page') return;
    if (detail.kind === 'return') returned = open(detail.value);
    if (detail.kind === 'call') own[detail.fn]?.(...detail.args.map(open));
    if (detail.kind === 'expose') {
      const api = Object.fromEntries(Object.entries(detail.members).map(([name, fn]) => [name, far(Number(fn))]));
      Object.defineProperty(window, detail.name, { value: Object.freeze(api), enumerable: true });
    }
  });
}

/** Runs in the preload's world. `evaluate` is the preload's text as a function of `require`, `module` and `exports`. */
export function preloadHalf(
  evaluate: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  const EVENT = 'standin-bridge';
  type Sent = { readonly fn: number } | { readonly data: unknown };
  type Way = { standinSend(text: string): void; standinReceive?: (channel: string, frame: unknown) => void };
  // A frame inside the page gets no preload.
  if (window.top !== window) return;
  const way = globalThis as typeof globalThis & Way;
  // What Electron's clone carries and JSON does not is marked, so that it arrives as such.
  const send = (told: object): void =>
    way.standinSend(
      JSON.stringify(told, function (this: Record<string, unknown>, key: string, value: unknown) {
        const raw = this[key];
        const isExotic =
          raw instanceof Date ||
          raw instanceof Map ||
          raw instanceof Set ||
          raw instanceof RegExp ||
          ArrayBuffer.isView(raw);
        return isExotic ? { standinExotic: true } : value;
      }),
    );
  const own: ((...args: unknown[]) => unknown)[] = [];
  const tell = (detail: object): void => void document.dispatchEvent(new CustomEvent(EVENT, { detail }));
  const pack = (value: unknown): Sent =>
    typeof value === 'function' ? { fn: own.push(value as () => unknown) - 1 } : { data: value };
  const open = (sent: Sent): unknown =>
    'fn' in sent
      ? (...args: unknown[]) => tell({ to: 'page', kind: 'call', fn: sent.fn, args: args.map(pack) })
      : sent.data;
  document.addEventListener(EVENT, event => {
    const { detail } = event as CustomEvent;
    if (detail.to !== 'preload' || detail.kind !== 'call') return;
    tell({ to: 'page', kind: 'return', value: pack(own[detail.fn]?.(...detail.args.map(open))) });
  });
  type Receive = (event: object, frame: unknown) => void;
  const receivers = new Map<string, Set<Receive>>();
  way.standinReceive = (channel, frame) => {
    for (const receive of receivers.get(channel) ?? []) receive({ senderId: 0 }, frame);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: Record<string, (...args: unknown[]) => unknown>) => {
        const members = Object.fromEntries(Object.entries(api).map(([key, member]) => [key, own.push(member) - 1]));
        tell({ to: 'page', kind: 'expose', name, members });
      },
    },
    ipcRenderer: {
      send: (channel: string, ...frames: unknown[]) => send({ channel, frames: structuredClone(frames) }),
      on: (channel: string, receive: Receive) => {
        const known = receivers.get(channel) ?? new Set<Receive>();
        receivers.set(channel, known.add(receive));
      },
      removeListener: (channel: string, receive: Receive) => receivers.get(channel)?.delete(receive),
    },
  };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    evaluate(require, module, module.exports);
  } catch (error) {
    send({ failed: String(error) });
  }
}
