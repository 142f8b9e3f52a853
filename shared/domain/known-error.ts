/** What is known of one error of the tools below us. */
export interface KnownError {
  /** As the tools print it. */
  readonly code?: string;
  /** Status values, unsigned 32 bits, by which it is known. */
  readonly values?: readonly number[];
  /** Texts by which it is known; tried in the order of the catalogue, before any value. */
  readonly texts?: readonly RegExp[];
  readonly cause: string;
  readonly fix: string;
  readonly source: string;
}
