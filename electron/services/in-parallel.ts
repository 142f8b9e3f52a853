/** After so many items whoever else waits has a turn: answers that come at once would else keep everybody waiting. */
const TURN = 16;

/** Does `act` for each item, at most `limit` at a time, and answers in the items' order. Rejects with the first failure. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  act: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      if (index % TURN === TURN - 1) await new Promise(resolve => setImmediate(resolve));
      const item = items[index];
      if (item !== undefined) answers[index] = await act(item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return answers;
}
