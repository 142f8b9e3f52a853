import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../../shared/base/clock.ts';
import { FaultError, faultOf } from '../../../../shared/contract/fault.ts';
import { ElevatedAct, type ElevationPurpose, isLook } from '../../../../shared/domain/elevation.ts';
import type { ElevatedAnswer } from '../../host.ts';
import { withinLimit } from '../../within-limit.ts';
import {
  type BrokerReply,
  Hello,
  HelloBack,
  MOST_ANSWERED_BYTES,
  MOST_ASKED_BYTES,
  parsed,
  Sealed,
  Welcome,
} from './broker-message.ts';
import type { ByteLink } from './byte-link.ts';
import { FrameLink, type Received } from './frame-link.ts';
import { type Greeting, isSame, proofOf, SECRET_BYTES, sealOf } from './proof.ts';

/** The greeting is said by two programs of ours: no human is waited for. */
const GREETING_LIMIT_MS = 10_000;
/** Rights that nobody uses are given back. */
export const IDLE_LIMIT_MS = 120_000;
/** However busy the asker is. */
export const LIFE_LIMIT_MS = 1_800_000;

export interface BrokerOptions {
  readonly link: ByteLink;
  /** Of 32 bytes, known to the asker and us. */
  readonly secret: Uint8Array;
  readonly purpose: ElevationPurpose;
  readonly clock: Clock;
  readonly perform: (act: ElevatedAct) => Promise<ElevatedAnswer>;
}

/** Why a broker ended. All but the first three mean that somebody else was at the other end, or something is broken. */
export type BrokerEnd =
  | 'done'
  | 'asker-gone'
  | 'idle'
  | 'not-greeted'
  | 'not-proven'
  | 'oversized'
  | 'malformed'
  | 'not-in-order';

/**
 * Serves one asker until it goes, falls silent, or says one thing that it should not: there is no second try. It does
 * one act at a time, and only such as the purpose grants; the first act that is more than a look is its last.
 */
export async function serveBroker(options: BrokerOptions): Promise<BrokerEnd> {
  const frames = new FrameLink(options.link);
  try {
    return await converse(frames, options);
  } finally {
    frames.close();
  }
}

async function converse(frames: FrameLink, { secret, purpose, clock, perform }: BrokerOptions): Promise<BrokerEnd> {
  const startedAt = clock.now();
  const next = async (timeoutMs: number): Promise<Received | 'late'> => {
    try {
      return await withinLimit(frames.receive(MOST_ASKED_BYTES), { clock, timeoutMs, what: 'the asker' });
    } catch (caught) {
      if (faultOf(caught).code === 'timed-out') return 'late';
      throw caught;
    }
  };
  const greeting = await greet(frames, { secret, purpose }, () => next(GREETING_LIMIT_MS));
  if (typeof greeting === 'string') return greeting;
  for (let sequence = 0; clock.now() - startedAt < LIFE_LIMIT_MS; sequence++) {
    const received = await next(IDLE_LIMIT_MS);
    if (received === 'late') return 'idle';
    if ('none' in received) return endOf(received.none);
    const sealed = parsed(Sealed, received.text);
    if (sealed === undefined) return 'malformed';
    if (!isSame(sealed.seal, sealOf(greeting, 'asker', sequence, sealed.body))) return 'not-in-order';
    const act = parsed(ElevatedAct, sealed.body);
    if (act === undefined) return 'malformed';
    const body = replyText(await answer(act, perform));
    await frames.send(JSON.stringify({ body, seal: sealOf(greeting, 'broker', sequence, body) }));
    if (!isLook(act)) return 'done';
  }
  return 'idle';
}

/** The broker proves itself first, and does nothing for whoever cannot do the same. */
async function greet(
  frames: FrameLink,
  { secret, purpose }: Pick<Greeting, 'secret' | 'purpose'>,
  next: () => Promise<Received | 'late'>,
): Promise<Greeting | BrokerEnd> {
  if (secret.length !== SECRET_BYTES) return 'not-proven';
  const first = await next();
  if (first === 'late') return 'not-greeted';
  if ('none' in first) return endOf(first.none);
  const hello = parsed(Hello, first.text);
  if (hello === undefined) return 'malformed';
  const greeting = { secret, purpose, askerNonce: hello.nonce, brokerNonce: randomBytes(32).toString('hex') };
  const back = { nonce: greeting.brokerNonce, proof: proofOf(greeting, 'broker') };
  await frames.send(JSON.stringify(HelloBack.parse(back)));
  const second = await next();
  if (second === 'late') return 'not-greeted';
  if ('none' in second) return endOf(second.none);
  const welcome = parsed(Welcome, second.text);
  if (welcome === undefined) return 'malformed';
  return isSame(welcome.proof, proofOf(greeting, 'asker')) ? greeting : 'not-proven';
}

const endOf = (none: 'gone' | 'oversized' | 'empty'): BrokerEnd =>
  none === 'gone' ? 'asker-gone' : none === 'oversized' ? 'oversized' : 'malformed';

async function answer(act: ElevatedAct, perform: BrokerOptions['perform']): Promise<BrokerReply> {
  try {
    const answered = await perform(act);
    if (answered.kind === 'entries') return { kind: 'entries', entries: [...answered.entries] };
    return answered.kind === 'ran' ? { kind: 'ran', ran: { ...answered.ran, argv: [...answered.ran.argv] } } : answered;
  } catch (caught) {
    return { kind: 'fault', fault: faultOf(caught) };
  }
}

function replyText(reply: BrokerReply): string {
  const text = JSON.stringify(reply);
  // The seal's JSON around it escapes every quote once more.
  if (Buffer.byteLength(text) * 2 < MOST_ANSWERED_BYTES) return text;
  const raw = `an answer of ${text.length} characters is more than Siloscope takes`;
  return JSON.stringify({
    kind: 'fault',
    fault: new FaultError({ code: 'access-denied', what: 'the answer', raw }).fault,
  });
}
