/** One picture: square, `rgba` row by row from the top, and the same as PNG. */
export interface IcoImage {
  readonly size: number;
  readonly rgba: Uint8Array;
  readonly png: Uint8Array;
}

export function icoFile(images: readonly IcoImage[]): Buffer;
