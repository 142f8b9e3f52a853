import { describe, expect, it } from 'vitest';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import type { Announce } from '../../../shared/contract/operation.ts';
import { Settings } from '../../../shared/domain/settings.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { APP_USER_MODEL_ID } from './addresses.ts';
import { followSettings } from './follow-settings.ts';
import { type LoginItems, startAtSignIn } from './start-at-sign-in.ts';

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

function following(first: Settings, fails = false) {
  const [near, far] = memoryChannelPair();
  let settings = first;
  far.onFrame(frame => {
    const { id } = frame as { id: number };
    if (fails) far.send({ kind: 'fault', id, fault: { code: 'cancelled' } });
    else far.send({ kind: 'result', id, output: { settings, notices: [] } });
  });
  const calls: unknown[] = [];
  const client = connect(contract, near);
  const followed = followSettings(client, {
    setTheme: theme => calls.push(theme),
    setAutostart: wanted => calls.push(wanted),
    setUpdates: choice => calls.push(`updates ${choice}`),
  });
  const announce: Announce<Contract> = (name, payload) => far.send({ kind: 'news', name, payload });
  const change = (next: Settings): void => {
    settings = next;
    announce('settings.changed', { what: 'settings' });
  };
  return { followed, calls, change, announce, end: () => client.dispose() };
}

describe("the user's settings", () => {
  it('are done at the start and after each change, autostart only when it changes', async () => {
    const { followed, calls, change, announce, end } = following(
      Settings.parse({ autostart: true, startHidden: true }),
    );
    await followed.known;
    change(Settings.parse({ appearance: { theme: 'dark' }, autostart: true, startHidden: true, updates: 'off' }));
    await settled();
    announce('settings.changed', { what: 'policy' });
    await settled();
    expect(calls).toEqual(['system', 'updates stable', { openAtLogin: true, hidden: true }, 'dark', 'updates off']);
    expect(followed.value.appearance.theme).toBe('dark');
    end();
  });

  it('are the defaults where they cannot be had, and the system stays as it is', async () => {
    const { followed, calls, end } = following(Settings.parse({}), true);
    await followed.known;
    expect([followed.value, calls]).toEqual([Settings.parse({}), []]);
    end();
  });
});

describe('the start at sign-in', () => {
  /** As the Run key has it: the arguments are a part of the command. */
  const registry = (kept?: readonly string[], enabled = true) => {
    const written: unknown[] = [];
    const app: LoginItems = {
      getLoginItemSettings: ({ args }) => ({
        openAtLogin: kept !== undefined && kept.join() === args.join(),
        launchItems: kept === undefined ? [] : [{ name: APP_USER_MODEL_ID, scope: 'user', enabled }],
      }),
      setLoginItemSettings: settings => written.push(settings),
    };
    return { app, written };
  };

  it.each([
    [
      'is written where it is not yet',
      undefined,
      { openAtLogin: true, hidden: false },
      [{ openAtLogin: true, args: [], enabled: true, name: APP_USER_MODEL_ID }],
    ],
    ['is left as it is, switched off in Task Manager or not', [], { openAtLogin: true, hidden: false }, []],
    [
      'is written anew without a window',
      [],
      { openAtLogin: true, hidden: true },
      [{ openAtLogin: true, args: ['--hidden'], enabled: true, name: APP_USER_MODEL_ID }],
    ],
    [
      'is taken away',
      ['--hidden'],
      { openAtLogin: false, hidden: true },
      [{ openAtLogin: false, args: ['--hidden'], enabled: true, name: APP_USER_MODEL_ID }],
    ],
  ])('%s', (_, kept, wanted, expected) => {
    const { app, written } = registry(kept);
    startAtSignIn(app, wanted);
    expect(written).toEqual(expected);
  });

  it('stays switched off where the user did that in Task Manager, though it is written anew', () => {
    const { app, written } = registry([], false);
    startAtSignIn(app, { openAtLogin: true, hidden: true });
    expect(written).toEqual([{ openAtLogin: true, args: ['--hidden'], enabled: false, name: APP_USER_MODEL_ID }]);
  });
});
