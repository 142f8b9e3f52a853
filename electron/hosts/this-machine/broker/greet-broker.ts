import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import type { ElevatedAct, ElevationPurpose } from '../../../../shared/domain/elevation.ts';
import type { ElevatedAnswer, ElevatedSession } from '../../host.ts';
import { withinLimit } from '../../within-limit.ts';
import { BrokerReply, HelloBack, MOST_ANSWERED_BYTES, MOST_ASKED_BYTES, parsed, Sealed } from './broker-message.ts';
import type { ByteLink } from './byte-link.ts';
import { FrameLink } from './frame-link.ts';
import { type Greeting, isSame, proofOf, sealOf } from './proof.ts';

const GREETING_LIMIT_MS = 10_000;
/** Longer than anything that the broker does is let take. */
const ACT_LIMIT_MS = 60_000;

/**
 * Greets whoever came to the asker's pipe. Undefined when it is not the broker: it could not prove that it holds the
 * secret, or said nothing in time. Its link is closed then.
 */
export async function greetBroker(
  link: ByteLink,
  { secret, purpose }: Pick<Greeting, 'secret' | 'purpose'>,
  clock: Clock,
): Promise<ElevatedSession | undefined> {
  const frames = new FrameLink(link);
  const askerNonce = randomBytes(32).toString('hex');
  const conversation = async (): Promise<Greeting | undefined> => {
    await frames.send(JSON.stringify({ siloscopeBroker: 1, nonce: askerNonce }));
    const received = await frames.receive(MOST_ASKED_BYTES);
    const back = 'text' in received ? parsed(HelloBack, received.text) : undefined;
    if (back === undefined) return undefined;
    const greeting = { secret, purpose, askerNonce, brokerNonce: back.nonce };
    if (!isSame(back.proof, proofOf(greeting, 'broker'))) return undefined;
    await frames.send(JSON.stringify({ proof: proofOf(greeting, 'asker') }));
    return greeting;
  };
  const greeting = await withinLimit(conversation(), { clock, timeoutMs: GREETING_LIMIT_MS, what: 'the broker' }).catch(
    () => undefined,
  );
  if (greeting !== undefined) return new BrokerSession(frames, greeting, clock);
  frames.close();
  return undefined;
}

class BrokerSession implements ElevatedSession {
  readonly purpose: ElevationPurpose;
  readonly #frames: FrameLink;
  readonly #greeting: Greeting;
  readonly #clock: Clock;
  #sequence = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #ended: string | undefined;

  constructor(frames: FrameLink, greeting: Greeting, clock: Clock) {
    this.purpose = greeting.purpose;
    this.#frames = frames;
    this.#greeting = greeting;
    this.#clock = clock;
  }

  async perform(act: ElevatedAct, signal?: AbortSignal): Promise<ElevatedAnswer> {
    // An asker that goes leaves its question behind: the broker answers it, and the next one has its turn then.
    const asked = this.#turn.then(() => {
      if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
      return this.#ask(act);
    });
    this.#turn = asked.catch(() => undefined);
    const reply = await withinLimit(asked, { clock: this.#clock, timeoutMs: 2 * ACT_LIMIT_MS, signal, what: act.act });
    if (reply.kind === 'fault') throw new FaultError(reply.fault);
    return reply;
  }

  async dispose(): Promise<void> {
    this.#end('it was ended');
  }

  async #ask(act: ElevatedAct): Promise<BrokerReply> {
    this.#mustLive();
    const sequence = this.#sequence++;
    const body = JSON.stringify(act);
    const converse = async (): Promise<BrokerReply> => {
      await this.#frames.send(JSON.stringify({ body, seal: sealOf(this.#greeting, 'asker', sequence, body) }));
      const received = await this.#frames.receive(MOST_ANSWERED_BYTES);
      if ('none' in received) throw this.#end(received.none === 'gone' ? 'it has gone' : 'its answer was no answer');
      const sealed = parsed(Sealed, received.text);
      if (sealed === undefined || !isSame(sealed.seal, sealOf(this.#greeting, 'broker', sequence, sealed.body)))
        throw this.#end('its answer bore no valid seal');
      const reply = parsed(BrokerReply, sealed.body);
      if (reply === undefined) throw this.#end('its answer was no answer');
      return reply;
    };
    const limits = { clock: this.#clock, timeoutMs: ACT_LIMIT_MS, what: act.act };
    return withinLimit(converse(), { ...limits, onStruck: () => void this.#end('it gave no answer') });
  }

  #mustLive(): void {
    if (this.#ended !== undefined) throw this.#lost(this.#ended);
  }

  /** Ends the session: the broker ends with its link. */
  #end(reason: string): FaultError {
    this.#ended ??= reason;
    this.#frames.close();
    return this.#lost(this.#ended);
  }

  #lost(reason: string): FaultError {
    return new FaultError({ code: 'elevation-lost', purpose: this.purpose, reason });
  }
}
