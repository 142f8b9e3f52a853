/** What a `message` event carries, whichever library made the event. */
export function messageData(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined;
}
