/** How an inspection looks, beyond what is listed: each is a promise of what it may touch. */
export interface ObserveOptions {
  /** Opens each volume from each namespace, by its provider. */
  readonly probe: boolean;
  /** Writes a token inside, reads it back from outside, deletes it. */
  readonly canary: boolean;
  /** Opens plain UNC names too. */
  readonly plainUnc: boolean;
  /** The device of the one volume to look at; absent: every one. */
  readonly only?: string;
}
