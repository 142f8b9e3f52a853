import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Disposable } from '../../../shared/base/disposables.ts';
import { createStandInEngine, type StandInEngine } from '../testing/stand-in-engine.ts';
import { createEngineConnection, type EngineConnection } from './engine-connection.ts';
import { followEvents } from './event-stream.ts';

let engine: StandInEngine;
let connection: EngineConnection;
let following: Disposable;
afterEach(() => {
  following.dispose();
  connection.dispose();
  engine.dispose();
});

const event = (time: number, id: string): string =>
  `${JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: id, Attributes: {} }, time, timeNano: time * 1e9 })}\n`;

/** Follows an engine whose nth stream is written by the nth script. */
function follow(...scripts: ((response: ServerResponse) => void)[]): string[] {
  const told: string[] = [];
  let stream = 0;
  engine = createStandInEngine((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    scripts[stream++]?.(response);
  });
  connection = createEngineConnection(engine.host, systemClock, 'the pipe');
  following = followEvents(connection, systemClock, {
    onLive: () => told.push('live'),
    onEvent: ({ Actor }) => told.push(Actor.ID),
    onLost: ({ code }) => told.push(`lost: ${code}`),
  });
  return told;
}

describe('following the events of an engine', () => {
  it('goes on after a loss, from the second of the last event, and tells nothing twice', async () => {
    const told = follow(
      response => response.end(event(10, 'aa') + event(11, 'bb')),
      response => response.write(event(11, 'bb') + event(12, 'cc')),
    );
    await expect.poll(() => told).toEqual(['live', 'aa', 'bb', 'lost: engine-unreachable', 'live', 'cc']);
    expect(engine.requests).toEqual(['GET /events', 'GET /events?since=11']);
  });

  it('takes events in any pieces and skips what is none', async () => {
    const told = follow(response => {
      const bytes = `garbage\n{"Type":1}\n${event(1, 'aa')}`;
      response.write(bytes.slice(0, 30));
      setImmediate(() => response.write(bytes.slice(30)));
    });
    await expect.poll(() => told).toEqual(['live', 'aa']);
  });

  it('tells one loss once, however long it lasts', async () => {
    const told = follow(
      response => response.end(),
      response => response.destroy(),
      response => response.write(event(1, 'aa')),
    );
    await expect.poll(() => told.at(-1), { timeout: 5_000 }).toBe('aa');
    expect(told.filter(one => one.startsWith('lost'))).toHaveLength(2);
  });
});
