import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import type { ElevatedAct, ElevationPurpose } from '../../../../shared/domain/elevation.ts';
import type { ElevatedAnswer } from '../../host.ts';
import { linkedPair } from '../../linked-pair.ts';
import { composeBrokerArguments, parseBrokerArguments } from './broker-arguments.ts';
import { openBrokerDoor } from './broker-door.ts';
import { linkOver } from './byte-link.ts';
import { FrameLink, frameOf } from './frame-link.ts';
import { greetBroker } from './greet-broker.ts';
import { type Greeting, proofOf, sealOf } from './proof.ts';
import { type BrokerEnd, IDLE_LIMIT_MS, serveBroker } from './serve-broker.ts';

const secret = Buffer.alloc(32, 7);
const purpose = 'look-into-silos';
const act: ElevatedAct = { act: 'read-link', path: '\\Silos\\7\\Device\\Mup' };
const target: ElevatedAnswer = { kind: 'target', target: '\\Device\\Mup' };

interface Scene {
  readonly near: Socket | ReturnType<typeof linkedPair>[0];
  readonly ended: Promise<BrokerEnd>;
  readonly done: ElevatedAct[];
  readonly clock: ManualClock;
}

/** A broker at the far end of a link in memory. */
function startBroker(given: { readonly purpose?: ElevationPurpose; readonly secret?: Buffer } = {}): Scene {
  const [near, far] = linkedPair();
  const done: ElevatedAct[] = [];
  const clock = new ManualClock();
  const perform = async (asked: ElevatedAct): Promise<ElevatedAnswer> => {
    done.push(asked);
    return target;
  };
  near.on('error', () => undefined);
  return { near, done, clock, ended: serveBroker({ link: linkOver(far), secret, purpose, clock, perform, ...given }) };
}

/** Greets by hand, so that what comes after can be wrong. */
async function greeted(scene: Scene): Promise<{ readonly frames: FrameLink; readonly greeting: Greeting }> {
  const frames = new FrameLink(linkOver(scene.near));
  const askerNonce = 'a'.repeat(64);
  await frames.send(JSON.stringify({ siloscopeBroker: 1, nonce: askerNonce }));
  const received = await frames.receive(1_000);
  const back: { readonly nonce: string } = JSON.parse('text' in received ? received.text : '{}');
  const greeting = { secret, purpose, askerNonce, brokerNonce: back.nonce } as const;
  await frames.send(JSON.stringify({ proof: proofOf(greeting, 'asker') }));
  return { frames, greeting };
}

const sealed = (greeting: Greeting, sequence: number, body: string): string =>
  JSON.stringify({ body, seal: sealOf(greeting, 'asker', sequence, body) });

describe('a broker', () => {
  it('does what its asker asks, one act at a time, in order', async () => {
    const [near, far] = linkedPair();
    let running = 0;
    let most = 0;
    const seen: string[] = [];
    const perform = async (asked: ElevatedAct): Promise<ElevatedAnswer> => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      seen.push('path' in asked ? asked.path : '');
      return target;
    };
    const ended = serveBroker({ link: linkOver(far), secret, purpose, clock: systemClock, perform });
    const session = await greetBroker(linkOver(near), { secret, purpose }, systemClock);
    const paths = Array.from({ length: 20 }, (_, at) => `\\Silos\\${at + 1}`);
    const answers = await Promise.all(paths.map(async path => session?.perform({ act: 'read-link', path })));
    expect({ answers, seen, most }).toEqual({ answers: paths.map(() => target), seen: paths, most: 1 });
    await session?.dispose();
    expect(await ended).toBe('asker-gone');
  });

  it('is gone after the first act that is more than a look', async () => {
    const scene = startBroker({ purpose: 'unload-fsd' });
    const session = await greetBroker(linkOver(scene.near), { secret, purpose: 'unload-fsd' }, systemClock);
    expect(await session?.perform({ act: 'unload-fsd' })).toEqual(target);
    expect(await scene.ended).toBe('done');
    await expect(session?.perform({ act: 'unload-fsd' })).rejects.toMatchObject({ fault: { code: 'elevation-lost' } });
  });

  it('is gone when its asker is', async () => {
    const scene = startBroker();
    await greeted(scene);
    scene.near.destroy();
    expect(await scene.ended).toBe('asker-gone');
  });

  it('gives its rights back when nobody uses them', async () => {
    const scene = startBroker();
    const { frames, greeting } = await greeted(scene);
    // A first act shows that the greeting is over.
    await frames.send(sealed(greeting, 0, JSON.stringify(act)));
    await frames.receive(1_000_000);
    await new Promise(resolve => setImmediate(resolve));
    scene.clock.advance(IDLE_LIMIT_MS);
    expect(await scene.ended).toBe('idle');
  });

  it('waits for no greeting for ever', async () => {
    const scene = startBroker();
    scene.clock.advance(10_000);
    expect(await scene.ended).toBe('not-greeted');
  });

  it('passes on why an act failed', async () => {
    const [near, far] = linkedPair();
    const perform = async (): Promise<ElevatedAnswer> => {
      throw new FaultError({ code: 'winfsp-not-installed' });
    };
    const ended = serveBroker({ link: linkOver(far), secret, purpose, clock: systemClock, perform });
    const session = await greetBroker(linkOver(near), { secret, purpose }, systemClock);
    await expect(session?.perform(act)).rejects.toMatchObject({ fault: { code: 'winfsp-not-installed' } });
    await session?.dispose();
    expect(await ended).toBe('asker-gone');
  });

  describe('does nothing, and ends, for', () => {
    it('an asker that does not hold the secret', async () => {
      const scene = startBroker({ secret: Buffer.alloc(32, 8) });
      expect(await greetBroker(linkOver(scene.near), { secret, purpose }, systemClock)).toBeUndefined();
      expect([await scene.ended, scene.done]).toEqual(['asker-gone', []]);
    });

    it('an asker that shows the proof of the broker as its own', async () => {
      const scene = startBroker();
      const frames = new FrameLink(linkOver(scene.near));
      await frames.send(JSON.stringify({ siloscopeBroker: 1, nonce: 'a'.repeat(64) }));
      const received = await frames.receive(1_000);
      const back: { readonly proof: string } = JSON.parse('text' in received ? received.text : '{}');
      await frames.send(JSON.stringify({ proof: back.proof }));
      expect([await scene.ended, scene.done]).toEqual(['not-proven', []]);
    });

    it('an asker of another purpose', async () => {
      const scene = startBroker();
      const greeting = { secret, purpose: 'unload-fsd' } as const;
      expect(await greetBroker(linkOver(scene.near), greeting, systemClock)).toBeUndefined();
      expect([await scene.ended, scene.done]).toEqual(['asker-gone', []]);
    });

    it('a message that is played again', async () => {
      const scene = startBroker();
      const { frames, greeting } = await greeted(scene);
      const message = sealed(greeting, 0, JSON.stringify(act));
      await frames.send(message);
      await frames.receive(1_000_000);
      await frames.send(message);
      expect([await scene.ended, scene.done]).toEqual(['not-in-order', [act]]);
    });

    it('a message that is longer than any needs to be, without reading it', async () => {
      const scene = startBroker();
      await greeted(scene);
      scene.near.write(Buffer.from([0xff, 0xff, 0xff, 0x7f]));
      expect([await scene.ended, scene.done]).toEqual(['oversized', []]);
    });

    it.each([
      ['an act of no name', { act: 'format-disk' }],
      ['an act with more than its schema has', { act: 'unload-fsd', path: 'C:\\evil.exe' }],
      ['another service', { act: 'start-engine-service', service: 'sshd' }],
      ['a path outside', { act: 'list-objects', path: '\\Device' }],
      ['a path that climbs', { act: 'list-objects', path: '\\Silos\\' }],
      ['a list of acts', [{ act: 'unload-fsd' }]],
    ])('%s, however well it is sealed', async (_what, asked) => {
      const scene = startBroker();
      const { frames, greeting } = await greeted(scene);
      await frames.send(sealed(greeting, 0, JSON.stringify(asked)));
      expect([await scene.ended, scene.done]).toEqual(['malformed', []]);
    });

    it('any bytes at all in the place of a greeting', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), async (bytes, framed) => {
          const scene = startBroker();
          scene.near.write(framed ? frameOf(Buffer.from(bytes).toString('latin1')) : bytes);
          scene.near.end();
          expect(['malformed', 'oversized', 'asker-gone']).toContain(await scene.ended);
          expect(scene.done).toEqual([]);
        }),
        { numRuns: 2_000 },
      );
    });

    it('any sealed message in which one character was changed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 127 }), async (where, by) => {
          const scene = startBroker();
          const { frames, greeting } = await greeted(scene);
          const bytes = Buffer.from(sealed(greeting, 0, JSON.stringify(act)));
          const at = where % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ by;
          await frames.send(bytes.toString('latin1'));
          expect(['malformed', 'not-in-order']).toContain(await scene.ended);
          expect(scene.done).toEqual([]);
        }),
        { numRuns: 1_000 },
      );
    });
  });
});

describe('the door that a broker calls at', () => {
  const call = (door: { readonly arguments: { readonly pipe: string; readonly secretFile: string } }): Socket => {
    const caller = connect(join(dirname(door.arguments.secretFile), door.arguments.pipe));
    return caller.on('error', () => undefined);
  };
  const serveAt = (caller: Socket, key: Buffer): Promise<BrokerEnd> =>
    serveBroker({ link: linkOver(caller), secret: key, purpose, clock: systemClock, perform: async () => target });

  it('lets in the one that proves itself, whoever was there before it, and nobody after it', async () => {
    const door = await openBrokerDoor(purpose, systemClock);
    const key = Buffer.from(readFileSync(door.arguments.secretFile, 'latin1'), 'hex');
    const silent = call(door).resume();
    const wrong = serveAt(call(door), Buffer.alloc(32));
    const garbage = call(door);
    garbage.write('GET / HTTP/1.1\r\n\r\n');
    const right = serveAt(call(door), key);
    const session = await door.admitted;
    expect(await session.perform(act)).toEqual(target);
    expect(await wrong).toBe('asker-gone');
    await expect.poll(() => silent.destroyed).toBe(true);
    const late = call(door).resume();
    await expect.poll(() => late.destroyed).toBe(true);
    await session.dispose();
    expect(await right).toBe('asker-gone');
  });

  it('leaves no secret behind', async () => {
    const door = await openBrokerDoor(purpose, systemClock);
    expect(readFileSync(door.arguments.secretFile, 'latin1')).toMatch(/^[0-9a-f]{64}$/);
    door.close();
    expect(() => readFileSync(door.arguments.secretFile)).toThrow('ENOENT');
  });

  it('is told on a command line without the secret', async () => {
    const door = await openBrokerDoor(purpose, systemClock);
    const argv = composeBrokerArguments(door.arguments);
    expect(argv.join(' ')).not.toContain(readFileSync(door.arguments.secretFile, 'latin1'));
    expect(parseBrokerArguments(['--some-switch-of-chromium', ...argv])).toEqual(door.arguments);
    door.close();
  });

  it.each([
    [[]],
    [['--broker']],
    [['--broker', 'format-disk', 'a'.repeat(32), '1', 'secret']],
    [['--broker', 'unload-fsd', '..\\docker_engine', '1', 'secret']],
    [['--broker', 'unload-fsd', 'a'.repeat(32), '0x10', '']],
    [['--broker', 'unload-fsd', 'a'.repeat(32), '1', 'secret', '--more']],
  ])('is not found by %j', argv => {
    expect(parseBrokerArguments(argv)).toBeUndefined();
  });
});
