/** While something moves, an idle period ends with the next frame; while nothing does, it may last for 50 ms. */
const FRAME_MS = 20;
const NEXT_LOOK_MS = 200;
/** Something may move for ever, and is then waited for no longer. */
const MOST_LOOKS = 5;

/** Settles when the browser has nothing to draw: what is run then makes no frame late. A second at most. */
export function quiet(): Promise<void> {
  return new Promise(resolve => {
    let looks = 0;
    const look = (deadline: IdleDeadline): void => {
      looks += 1;
      if (deadline.timeRemaining() > FRAME_MS || looks === MOST_LOOKS) resolve();
      else setTimeout(() => requestIdleCallback(look), NEXT_LOOK_MS);
    };
    requestIdleCallback(look);
  });
}
