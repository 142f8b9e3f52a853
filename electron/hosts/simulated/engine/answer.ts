import type { Readable, Writable } from 'node:stream';

/** Where a streamed answer goes. `write` resolves when there is room for more, or when the client has gone. */
export interface AnswerStream {
  write(bytes: Uint8Array | string): Promise<void>;
}

/** Both directions of a hijacked connection. `incoming` ends when the client half-closes. */
export interface Hijacked {
  readonly incoming: Readable;
  readonly outgoing: Writable;
}

/** What a handler answers, as data: the server alone writes to connections. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'empty'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | {
      /** Status and headers go out at once; the connection stays usable afterwards. */
      readonly kind: 'stream';
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
      run(stream: AnswerStream, signal: AbortSignal): Promise<void>;
    }
  | {
      /** Takes the connection over: 101 when the client asked for an upgrade, a plain 200 otherwise. */
      readonly kind: 'hijack';
      readonly contentType: string;
      /** exec repeats the common headers on its 101, attach does not. */
      readonly withCommonHeaders: boolean;
      run(connection: Hijacked, signal: AbortSignal): Promise<void>;
    };

export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', status, body });
export const empty = (status: number): Answer => ({ kind: 'empty', status });
