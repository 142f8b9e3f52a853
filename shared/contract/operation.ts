import type { z } from 'zod';

/** A question: safe to ask twice. */
export interface Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query';
  readonly input: I;
  readonly output: O;
}

/** An order. `progress` is what it may tell on the way. */
export interface Command<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends z.ZodType = z.ZodType,
> {
  readonly kind: 'command';
  readonly input: I;
  readonly output: O;
  readonly progress: P;
}

/** News that the serving side sends to whoever listens. */
export interface News<P extends z.ZodType = z.ZodType> {
  readonly kind: 'news';
  readonly payload: P;
}

/** Any contract: operations and news by name, `noun.verb` and `noun.pastParticiple`. */
export type ContractShape = Readonly<Record<string, Query | Command | News>>;

export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Query<I, O> => ({
  kind: 'query',
  input,
  output,
});
export const command = <I extends z.ZodType, O extends z.ZodType, P extends z.ZodType>(
  input: I,
  output: O,
  progress: P,
): Command<I, O, P> => ({ kind: 'command', input, output, progress });
export const news = <P extends z.ZodType>(payload: P): News<P> => ({ kind: 'news', payload });

/** The names that can be called: queries and commands. */
export type CallName<C extends ContractShape> = {
  [N in keyof C]: C[N] extends News ? never : N;
}[keyof C] &
  string;
/** The names that are told. */
export type NewsName<C extends ContractShape> = { [N in keyof C]: C[N] extends News ? N : never }[keyof C] & string;

/** The schema that an operation has for one of its parts. */
type SchemaOf<O, Part extends string> = O extends Readonly<Record<Part, infer S extends z.ZodType>> ? S : never;

/** What a caller may write (defaults are still open). */
export type InputOf<C extends ContractShape, N extends CallName<C>> = z.input<SchemaOf<C[N], 'input'>>;
/** What a handler is given (defaults are filled in). */
export type ParsedInputOf<C extends ContractShape, N extends CallName<C>> = z.output<SchemaOf<C[N], 'input'>>;
/** What it answers. */
export type OutputOf<C extends ContractShape, N extends CallName<C>> = z.output<SchemaOf<C[N], 'output'>>;
/** What a command tells on the way; never, for a query. */
export type ProgressOf<C extends ContractShape, N extends CallName<C>> = z.output<SchemaOf<C[N], 'progress'>>;
/** What news carry. */
export type PayloadOf<C extends ContractShape, N extends NewsName<C>> = z.output<SchemaOf<C[N], 'payload'>>;

/** What a handler is given besides its input. */
export interface CallContext<P = never> {
  readonly signal: AbortSignal;
  readonly progress: (told: P) => void;
}

/** One handler per query and command: a missing one does not compile. */
export type Handlers<C extends ContractShape> = {
  readonly [N in CallName<C>]: (
    input: ParsedInputOf<C, N>,
    context: CallContext<ProgressOf<C, N>>,
  ) => Promise<OutputOf<C, N>> | OutputOf<C, N>;
};

/** Sends news to every connected client. */
export type Announce<C extends ContractShape> = <N extends NewsName<C>>(name: N, payload: PayloadOf<C, N>) => void;

/** How a call is made: what ends it early, and who hears of its progress. */
export interface CallOptions<P = never> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (told: P) => void;
}

/** The only way to call. Rejects with `FaultError`. `on` answers the undo. */
export interface Client<C extends ContractShape> {
  call<N extends CallName<C>>(
    name: N,
    input: InputOf<C, N>,
    options?: CallOptions<ProgressOf<C, N>>,
  ): Promise<OutputOf<C, N>>;
  on<N extends NewsName<C>>(name: N, listener: (payload: PayloadOf<C, N>) => void): () => void;
  /** Told once when the channel is gone; every pending call has then been rejected with `host-unreachable`. */
  onClosed(listener: () => void): () => void;
  dispose(): void;
}
