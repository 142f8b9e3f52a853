/**
 * Carries frames both ways, in order, or not at all. A frame is plain data: what `structuredClone` or JSON can hold.
 * `onFrame` and `onClosed` answer their undo; `onClosed` on a closed channel tells at once, in a microtask.
 */
export interface Channel {
  /** Throws only when the frame itself cannot be carried; on a closed channel it does nothing. */
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): () => void;
  onClosed(listener: () => void): () => void;
  close(): void;
}
