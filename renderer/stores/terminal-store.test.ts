import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/base/clock.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import { reconnectingClient } from '../link/reconnecting-client.ts';
import { fakeHost } from '../testing/fake-host.ts';
import { STORIES } from '../testing/fake-story.ts';
import { memoryLink } from '../testing/memory-link.ts';
import { createTerminalStore } from './terminal-store.ts';

const flush = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));
/** With a busy machine. */
const PATIENCE = { timeout: 10_000, interval: 5 };
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function lay() {
  const host = fakeHost(STORIES['winfsp-container-support'](), systemClock);
  const client = reconnectingClient(memoryLink(host.hub), systemClock);
  ends.push(() => {
    client.dispose();
    host.hub.dispose();
  });
  await expect.poll(() => client.state.kind, PATIENCE).toBe('open');
  const typed: string[] = [];
  const own = host.handlers['terminal.write'];
  host.handlers['terminal.write'] = async (input, context) => {
    // The first keystroke is the slow one: the others must not overtake it.
    if (typed.length === 0) await flush();
    typed.push(input.data);
    return own(input, context);
  };
  return { host, typed, terminal: createTerminalStore(client, () => crypto.randomUUID()) };
}

const SIZE = { rows: 24, columns: 80 };

describe('a terminal into a container', () => {
  it('prints what its shell says and ends with its exit code', async () => {
    const { terminal } = await lay();
    let printed = '';
    terminal.open('memfs-share', SIZE, data => {
      printed += data;
    });
    await expect.poll(() => printed, PATIENCE).toContain('Microsoft Windows');
    terminal.type('exit\r');
    const ended = { kind: 'ended', container: 'memfs-share', exitCode: 0 };
    await expect.poll(() => terminal.store.getState(), PATIENCE).toEqual(ended);
  });

  it('keeps keystrokes in their order', async () => {
    const { terminal, typed } = await lay();
    terminal.open('memfs-share', SIZE, () => undefined);
    for (const key of 'dir Y:') terminal.type(key);
    for (let round = 0; round < 10; round++) await flush();
    expect(typed.join('')).toBe('dir Y:');
    terminal.close();
  });

  it('says why it could not be opened', async () => {
    const { host, terminal } = await lay();
    host.handlers['terminal.open'] = () => {
      throw new FaultError({ code: 'not-found', what: 'container', name: 'gone' });
    };
    terminal.open('gone', SIZE, () => undefined);
    await flush();
    expect(terminal.store.getState()).toMatchObject({ kind: 'faulted', fault: { code: 'not-found' } });
  });

  it('prints nothing more once another took its place', async () => {
    const { terminal } = await lay();
    const first: string[] = [];
    terminal.open('memfs-share', SIZE, data => first.push(data));
    terminal.open('memfs-disk', SIZE, () => undefined);
    await flush();
    expect({ first, state: terminal.store.getState() }).toEqual({
      first: [],
      state: { kind: 'running', container: 'memfs-disk' },
    });
    terminal.close();
  });
});
