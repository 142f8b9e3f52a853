/** An answer that is no success: the HTTP status and the sentence a Docker client prints. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const badRequest = (message: string): ApiError => new ApiError(400, message);
export const notFound = (message: string): ApiError => new ApiError(404, message);
export const conflict = (message: string): ApiError => new ApiError(409, message);
export const serverError = (message: string): ApiError => new ApiError(500, message);
/** What this engine does not do: always a sentence, never a hang. */
export const notImplemented = (message: string): ApiError => new ApiError(501, message);

/** The sentence of anything caught. */
export function messageOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}
