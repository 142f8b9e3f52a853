import type { LogPiece } from '../../../shared/domain/log-piece.ts';
import type { KnownValues } from '../secrets/known-values.ts';

/** Takes known values out of what a container writes, piece by piece: one that is broken over pieces of its stream, too. */
export class PieceMask {
  readonly #known: Pick<KnownValues, 'mask'>;
  /** Ends of pieces that stopped within a line: a value may go on in the next. */
  readonly #held = { stdout: '', stderr: '' };

  constructor(known: Pick<KnownValues, 'mask'>) {
    this.#known = known;
  }

  push(piece: LogPiece): readonly LogPiece[] {
    const { mask } = this.#known;
    const { stream } = piece;
    const whole = this.#held[stream] + piece.text;
    const safe = whole.endsWith('\n') ? whole.length : mask.settled(whole);
    this.#held[stream] = whole.slice(safe);
    return safe === 0 ? [] : [{ ...piece, text: mask.text(whole.slice(0, safe)) }];
  }

  /** What is left when the log has ended. */
  end(): readonly LogPiece[] {
    return (['stdout', 'stderr'] as const).flatMap(stream => {
      const text = this.#known.mask.text(this.#held[stream]);
      this.#held[stream] = '';
      return text === '' ? [] : [{ stream, text }];
    });
  }
}
