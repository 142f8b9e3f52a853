import { FaultError } from '../../../shared/contract/fault.ts';

/** So many bytes are handed over at once. */
const PIECE = 1_048_576;

/** A part of a stream; `ended`: nothing comes after it. */
export interface Piece {
  readonly data: Buffer;
  readonly ended: boolean;
}

/**
 * Bytes between one who makes them and one who asks for them piece by piece: no more than a piece waits, so that neither
 * runs ahead of the other. Whoever goes away ends it for both.
 */
export class Handover {
  #bytes: Uint8Array[] = [];
  #size = 0;
  #over: 'no' | 'made' | 'taken' | FaultError = 'no';
  #wake: (() => void)[] = [];

  /** Resolves when there is room for more. Rejects with the fault it was ended by. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#fail();
    // What reads it on may use its buffer anew.
    this.#bytes.push(Uint8Array.from(bytes));
    this.#size += bytes.length;
    this.#tell();
    while (this.#size >= PIECE && this.#over === 'no') await this.#change();
    this.#fail();
  }

  /** Nothing more will be made. Resolves when the last of it is taken. */
  async end(): Promise<void> {
    if (this.#over === 'no') this.#over = 'made';
    this.#tell();
    while (this.#over === 'made') await this.#change();
    this.#fail();
  }

  /** The next piece, as soon as it is there. */
  async next(): Promise<Piece> {
    while (this.#size < PIECE && this.#over === 'no') await this.#change();
    this.#fail();
    const data = Buffer.concat(this.#bytes);
    this.#bytes = [];
    this.#size = 0;
    const ended = this.#over !== 'no';
    if (ended) this.#over = 'taken';
    this.#tell();
    return { data, ended };
  }

  /** Ends it for both, unless it has come to its end. */
  stop(fault: FaultError = new FaultError({ code: 'cancelled' })): void {
    if (this.#over !== 'taken') this.#over = fault;
    this.#bytes = [];
    this.#tell();
  }

  #fail(): void {
    if (this.#over instanceof FaultError) throw this.#over;
  }

  #change(): Promise<void> {
    return new Promise(resolve => void this.#wake.push(resolve));
  }

  #tell(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
