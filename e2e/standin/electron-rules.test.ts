import { beforeAll, describe, expect, it } from 'vitest';
import { builtWindow, callByHand, called, drawn, evaluate, until } from './built-window.ts';
import type { WindowProcess } from './window-process.ts';

/**
 * What Electron answers with an error, or does in an order of its own, and what is there on Windows alone. The stand-in
 * does the same, by Electron's documentation and sources; mutants show that a wrong use fails here.
 */
const { start, mutant, open, why } = builtWindow('standin-rules');

/** Errors that Electron would have thrown, whoever caught them. */
const misuses = async (process: WindowProcess): Promise<unknown[]> =>
  (await called(process, 'stand-in', 'misused')).map(({ args }) => args[0]);

const AWAY = 'https://example.com/away';
/** A call that is on its way, as its progress says, while the page tries to leave. */
const pullAndLeave = `(() => {
  const undo = siloscope.onFrame(text => {
    const { id, kind } = JSON.parse(text);
    if (id !== 900100 || kind !== 'progress') return;
    undo();
    window.location.href = '${AWAY}';
    setTimeout(() => siloscope.send({ kind: 'call', id: 900101, name: 'profile.list', input: {} }), 500);
  });
  const pulled = ${callByHand(900_100, 'image.pull', `{ reference: 'mcr.microsoft.com/windows/nanoserver:ltsc2025' }`)};
  return Promise.race([pulled, new Promise(resolve => setTimeout(() => resolve('cut off'), 10_000))]);
})()`;

describe.skipIf(why !== '')(`the built window, by the rules of Electron${why}`, { shuffle: false }, () => {
  beforeAll(async () => {
    await open();
  }, 60_000);

  describe('from its sources', () => {
    let window: WindowProcess;
    beforeAll(async () => {
      window = await start();
      await drawn(window);
    }, 60_000);

    it('uses nothing before it may, and nothing that other systems do not have', async () => {
      expect(await misuses(window)).toEqual([]);
    });

    it('is placed once more where displays have other scales', async () => {
      const [made] = await called(window, 'BrowserWindow', 'new');
      const [placed] = await called(window, 'BrowserWindow', 'setBounds');
      expect(made?.args[0]).toMatchObject(placed?.args[0] as object);
    });

    it('answers a page that was not let go elsewhere', async () => {
      expect(await evaluate(window, pullAndLeave)).toMatchObject({ id: 900_100, kind: 'result' });
      expect(await called(window, 'page', 'navigation')).toMatchObject([{ args: [AWAY, 'prevented'] }]);
    });

    it('says its own version, not that of Electron', async () => {
      const menu = JSON.stringify((await called(window, 'Menu', 'setApplicationMenu'))[0]?.args);
      expect(menu).toContain('About');
      expect(JSON.stringify(await window.recorded())).not.toContain('0.0.0-standin');
    });

    it('asks nothing of a window that is gone, while the app ends', async () => {
      const ending = await start({ argv: ['--hidden'] });
      await drawn(ending);
      await ending.ask({ what: 'emit', on: 'app', event: 'before-quit', args: [] });
      await ending.ask({ what: 'close' });
      const link = 'siloscope://launch?profile=memfs-network&mount=Y:';
      for (const [on, event, args] of [
        ['power', 'resume', []],
        ['app', 'second-instance', [{}, ['siloscope', link]]],
        ['app', 'tray click', []],
      ] as const) {
        await ending.ask({ what: 'emit', on, event, args });
      }
      expect(await called(ending, 'dialog', 'showMessageBox')).toHaveLength(1);
      expect(await misuses(ending)).toEqual([]);
    });

    it('ends in order when Windows ends the session', async () => {
      void window.ask({ what: 'emit', on: 'window', event: 'session-end', args: [{}] }).catch(() => undefined);
      expect(await window.ended).toBe(0);
    });
  });

  it('opens again the host that was open last, or says that it could not', async () => {
    const window = await start({ memory: { host: 'local' } });
    await drawn(window);
    const said = await until('the notification', async () => (await called(window, 'Notification', 'show'))[0]);
    expect(said.args[0]).toMatchObject({ title: 'local could not be opened again; this is a simulated host' });
    await until('the host', () => evaluate(window, 'document.body.innerText.includes("Simulated host: default")'));
  });

  it('is shown though nothing says that it is drawn', async () => {
    const window = await start({ env: { STANDIN_NEVER_DRAWN: '1' } });
    await until('the window', async () => (await called(window, 'BrowserWindow', 'show'))[0]);
  });

  describe('on Windows, packaged', () => {
    let window: WindowProcess;
    const tasks = async (): Promise<string> =>
      JSON.stringify((await called(window, 'app', 'setJumpList')).at(-1)?.args);
    beforeAll(async () => {
      window = await start({ env: { STANDIN_PLATFORM: 'win32', STANDIN_PACKAGED: '1' } });
      await drawn(window);
    }, 60_000);

    it('asks nothing of notifications by itself: that writes a link to the Start menu', async () => {
      expect(await called(window, 'Notification', 'isSupported')).toEqual([]);
    });

    it('says which app it is before anything shows', async () => {
      const calls = (await window.recorded()).map(({ who, call }) => `${who}.${call}`);
      const order = ['app.setName', 'app.setAppUserModelId', 'BrowserWindow.new', 'Tray.new'];
      expect(calls.filter(call => order.includes(call))).toEqual(order);
      // Not by the name of one that was installed: Electron would lead that one's link in the Start menu here.
      expect(await called(window, 'app', 'setName')).toMatchObject([{ args: ['Siloscope portable'] }]);
      expect(await misuses(window)).toEqual([]);
    });

    it('has pictures of Windows', async () => {
      const [tray] = await called(window, 'Tray', 'new');
      expect(String(tray?.args[0])).toMatch(/tray-idle\.ico$/);
    });

    it('offers in the jump list what was launched, and not again what the user took from it', async () => {
      const launch = (id: number, profile: string) =>
        callByHand(id, 'filesystem.launch', `{ profile: '${profile}', name: 'w${id}' }`);
      await evaluate(window, launch(900_200, 'memfs-disk'));
      await until('the task', async () => (await tasks()).includes('--profile=memfs-disk'));
      await window.ask({ what: 'remove-task', args: '--profile=memfs-disk' });
      await evaluate(window, launch(900_201, 'memfs-network'));
      await until('the other task', async () => (await tasks()).includes('--profile=memfs-network'));
      expect(await tasks()).not.toContain('--profile=memfs-disk');
      expect(await misuses(window)).toEqual([]);
    });

    it('comes to the front for a notification that was left from before, with what it was about', async () => {
      const shows = (await called(window, 'BrowserWindow', 'show')).length;
      for (const link of ['', 'siloscope://open?screen=visibility']) {
        const press = { type: 'click', arguments: link };
        await window.ask({ what: 'emit', on: 'app', event: 'notification pressed', args: [press] });
      }
      expect(await called(window, 'BrowserWindow', 'show')).toHaveLength(shows + 2);
      await until('the screen', () => evaluate(window, 'location.hash === "#/visibility"'));
    });

    it('is shown when a press has started it, and is there for it', async () => {
      const env = { STANDIN_PLATFORM: 'win32', STANDIN_PACKAGED: '1' };
      const pressed = await start({ env, argv: ['-Embedding'], memory: { startHidden: true } });
      await until('the window', async () => (await called(pressed, 'BrowserWindow', 'show'))[0]);
      expect(await called(pressed, 'Notification', 'isSupported')).toHaveLength(1);
    });

    it('starts at sign-in when the user wants that', async () => {
      const set = callByHand(900_202, 'settings.write', `{ autostart: true, startHidden: true }`);
      expect(await evaluate(window, set)).toMatchObject({ kind: 'result' });
      await until('the login item', async () =>
        (await called(window, 'app', 'setLoginItemSettings')).find(({ args }) =>
          JSON.stringify(args).includes('--hidden'),
        ),
      );
    });
  });

  describe('a mutant is caught', () => {
    it.each([
      [
        'a scheme that is registered too late',
        'protocol.registerSchemesAsPrivileged(',
        '(schemes => void app.whenReady().then(() => protocol.registerSchemesAsPrivileged(schemes)))(',
        'protocol.registerSchemesAsPrivileged should be called before app is ready',
      ],
      [
        'a sandbox that comes too late',
        'app.enableSandbox()',
        'void app.whenReady().then(() => app.enableSandbox())',
        'app.enableSandbox should be called before app is ready',
      ],
      [
        'a display that is asked too early',
        'if (singleInstance(',
        'screen.getAllDisplays(); if (singleInstance(',
        "The 'screen' module cannot be used before app is ready",
      ],
      [
        'what is there on Windows alone',
        'if (platform !== "win32") return;',
        '',
        'app.setAppUserModelId is not a function',
      ],
    ])('%s', async (_, from, to, words) => {
      const process = await start({ main: await mutant('main.js', text => text.replace(from, to)) }).catch(String);
      const said =
        typeof process === 'string' ? process : JSON.stringify(await until('the misuse', () => misuses(process)));
      expect(said).toContain(words);
    });

    it('a page that is cut off by a navigation that was refused', async () => {
      const main = await mutant('main.js', text => text.replace('"did-navigate"', '"did-start-navigation"'));
      const process = await start({ main });
      await drawn(process);
      expect(await evaluate(process, pullAndLeave)).toBe('cut off');
    });
  });
});
