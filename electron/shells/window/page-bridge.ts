/** What of Electron's `ipcRenderer` the bridge needs. */
export interface PageIpc {
  send(channel: string, frame: unknown): void;
  on(channel: string, listener: (event: unknown, frame: string) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, frame: string) => void): unknown;
}

/** All that the page gets of the app. */
export interface PageBridge {
  send(frame: unknown): void;
  /** Each frame as its JSON: the way to the page copies objects member by member, a text at once. Answers its undo. */
  onFrame(listener: (frame: string) => void): () => void;
}

/** Two functions over one channel. The event of a message stays here: it would hand the page a way to `ipcRenderer`. */
export function pageBridge(ipc: PageIpc, channel: string): PageBridge {
  return {
    send: frame => ipc.send(channel, frame),
    onFrame: listener => {
      const receive = (_event: unknown, frame: string): void => listener(frame);
      ipc.on(channel, receive);
      return () => void ipc.removeListener(channel, receive);
    },
  };
}
