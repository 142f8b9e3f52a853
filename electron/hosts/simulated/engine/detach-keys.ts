import { badRequest } from './api-error.ts';

/** Bytes of `ctrl-p,ctrl-q`, the default, or of any list of `ctrl-<char>` and single characters. */
export function parseDetachKeys(text: string): Uint8Array {
  const keys = (text === '' ? 'ctrl-p,ctrl-q' : text).split(',').map(key => {
    const control = /^ctrl-([a-zA-Z@[\\\]^_])$/.exec(key)?.[1];
    if (control !== undefined) return control.toUpperCase().charCodeAt(0) & 0x1f;
    if (key.length === 1) return key.charCodeAt(0);
    throw badRequest(`Invalid detach keys (${text}) provided: Unknown character: '${key}'`);
  });
  return Uint8Array.from(keys);
}

/** Looks for the detach keys in terminal input. Bytes that only might be their beginning are held back. */
export class DetachWatcher {
  readonly #keys: Uint8Array;
  #matched = 0;

  constructor(keys: Uint8Array) {
    this.#keys = keys;
  }

  /** What is to be passed on, and whether the keys were complete. */
  push(chunk: Uint8Array): { readonly pass: Uint8Array; readonly detached: boolean } {
    const pass: number[] = [];
    for (const byte of chunk) {
      if (byte !== this.#keys[this.#matched]) {
        pass.push(...this.#keys.subarray(0, this.#matched));
        this.#matched = byte === this.#keys[0] ? 1 : 0;
        if (this.#matched === 0) pass.push(byte);
      } else {
        this.#matched += 1;
      }
      if (this.#matched === this.#keys.length) return { pass: Uint8Array.from(pass), detached: true };
    }
    return { pass: Uint8Array.from(pass), detached: false };
  }
}
