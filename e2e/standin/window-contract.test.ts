import { beforeAll, describe, expect, it } from 'vitest';
import { builtWindow, callByHand, called, drawn, evaluate, until } from './built-window.ts';
import type { WindowProcess } from './window-process.ts';

/**
 * A contract test: the built main and preload against a stand-in for Electron (a real browser's page and isolated
 * world). It shows that the bundles load, agree with each other and with the page, and hold their guards up. It does
 * not show Electron: its own bridge, sandbox, protocol, menus, tray and windows are not in it.
 */
const { start, mutant, open, why, needsBrowser } = builtWindow('standin');
const PAGE = 'app://siloscope/index.html';
const CHANNEL = 'siloscope:frame';

it('has a browser where one is required', () => {
  expect(why === '' || !needsBrowser).toBe(true);
});

describe.skipIf(why !== '')(`the built main and preload against a stand-in${why}`, { shuffle: false }, () => {
  let window: WindowProcess;
  beforeAll(async () => {
    await open();
    window = await start();
    await drawn(window);
  }, 60_000);
  it('draw the page over the bridge, from the simulated host, and show the window', async () => {
    await until('the host', () => evaluate(window, 'document.body.innerText.includes("Simulated host: default")'));
    expect(await called(window, 'BrowserWindow', 'show')).toHaveLength(1);
    expect((await window.recorded()).filter(({ who, call }) => who === 'page' && call !== 'console.log')).toEqual([]);
  });

  it('give the page two functions and nothing else, and it cannot put others in their place', async () => {
    expect(
      await evaluate(
        window,
        `(() => {
          try { siloscope.send = () => 'mine'; } catch {}
          try { window.siloscope = 'mine'; } catch {}
          return { kinds: Object.entries(siloscope).map(([key, value]) => [key, typeof value]),
                   globals: ['require', 'module', 'process', 'electron', 'standinSend', 'standinReceive'].filter(name => name in globalThis) };
        })()`,
      ),
    ).toEqual({
      kinds: [
        ['send', 'function'],
        ['onFrame', 'function'],
      ],
      globals: [],
    });
  });

  it.each([
    ['an operation that is none', 'host.format', '{}', { code: 'not-found', what: 'operation', name: 'host.format' }],
    [
      'news asked for as a call',
      'journal.appended',
      '{}',
      { code: 'not-found', what: 'operation', name: 'journal.appended' },
    ],
    ['a name of every object', 'constructor', '{}', { code: 'not-found', what: 'operation', name: 'constructor' }],
  ])('answer with a fault: %s', async (_, name, input, fault) => {
    expect(await evaluate(window, callByHand(900_001, name, input))).toEqual({ kind: 'fault', id: 900_001, fault });
  });

  it.each([
    ['input that the contract does not have', '{ path: 7 }'],
    ['more than JSON has', '{ path: new Date() }'],
    ['more than any call needs', '{ path: "x".repeat(40 * 1024 * 1024) }'],
    ['a nest without end', '(() => { let nest = {}; for (let i = 0; i < 200; i++) nest = { nest }; return nest; })()'],
  ])('refuse with invalid-input: %s', async (_, input) => {
    expect(await evaluate(window, callByHand(900_002, 'namespace.list', input))).toMatchObject({
      kind: 'fault',
      id: 900_002,
      fault: { code: 'invalid-input' },
    });
  });

  it.each([
    ['another window', { url: PAGE, contentsId: 99 }],
    ['a page of another origin', { url: 'https://example.com/' }],
    ['another file of our own origin', { url: 'app://siloscope/assets/index.js' }],
    ['a frame inside the page', { url: PAGE, nested: true }],
    ['a frame that is gone', {}],
  ])('do not hear a foreign sender: %s', async (_, sender) => {
    const received = await evaluate(
      window,
      '(globalThis.heard ??= (siloscope.onFrame(frame => heard.push(JSON.parse(frame).id)), []), heard.length)',
    );
    const frame = { kind: 'call', id: 777_777, name: 'profile.list', input: {} };
    await window.ask({ what: 'message', channel: CHANNEL, frames: [frame], ...sender });
    await evaluate(window, callByHand(900_003, 'profile.list', '{}'));
    expect(received).toBeTypeOf('number');
    expect(await evaluate(window, 'heard.includes(777777)')).toBe(false);
  });

  it('hear the same frame from our own page', async () => {
    const frame = { kind: 'call', id: 777_778, name: 'profile.list', input: {} };
    await window.ask({ what: 'message', channel: CHANNEL, frames: [frame], url: `${PAGE}#/launch` });
    await until('the answer', () => evaluate(window, 'heard.includes(777778)'));
  });

  it('run no script that was written into the page, and evaluate no text', async () => {
    expect(
      await evaluate(
        window,
        `(() => {
          const script = document.createElement('script');
          try { script.textContent = 'globalThis.injected = true'; document.head.append(script); } catch {}
          const image = document.createElement('img');
          try { image.setAttribute('onerror', 'globalThis.injected = true'); image.src = 'nothing.png'; document.body.append(image); } catch {}
          return 'injected' in globalThis;
        })()`,
      ),
    ).toBe(false);
  });

  it('keep the page where it is, load nothing from elsewhere, and let no window open', async () => {
    await evaluate(window, `fetch('https://example.com/').catch(() => 0)`);
    await evaluate(window, `void (window.location.href = 'https://example.com/away')`);
    await until('the refusal', async () => (await called(window, 'page', 'navigation'))[0]);
    await evaluate(window, `void window.open('https://example.com/window')`);
    await until('the question', async () => (await called(window, 'dialog', 'showMessageBox'))[0]);
    expect(
      (await window.recorded()).filter(({ call }) => ['navigation', 'network', 'window.open'].includes(call)),
    ).toEqual([
      { who: 'page', call: 'navigation', args: ['https://example.com/away', 'prevented'] },
      { who: 'page', call: 'window.open', args: ['https://example.com/window', 'deny'] },
    ]);
    expect(await called(window, 'shell', 'openExternal')).toEqual([]);
    expect(await evaluate(window, 'location.pathname')).toBe('/index.html');
  });

  it('close into the notification area, say so once, and come back with a second start', async () => {
    await window.ask({ what: 'close' });
    await window.ask({ what: 'close' });
    expect(await called(window, 'BrowserWindow', 'closed')).toEqual([]);
    expect(await called(window, 'Notification', 'show')).toMatchObject([
      { args: [{ title: 'Siloscope is still here' }] },
    ]);
    const shown = (await called(window, 'BrowserWindow', 'show')).length;
    await window.ask({
      what: 'emit',
      on: 'app',
      event: 'second-instance',
      args: [{}, ['siloscope', 'siloscope://open?screen=visibility']],
    });
    await until('the screen', () => evaluate(window, 'location.hash === "#/visibility"'));
    expect(await called(window, 'BrowserWindow', 'show')).toHaveLength(shown + 1);
  });

  it('ask before a link fills in the launch screen, and run nothing', async () => {
    const link = 'siloscope://launch?profile=memfs-network&mount=Y:';
    const again = { what: 'emit', on: 'app', event: 'second-instance', args: [{}, ['siloscope', link]] } as const;
    await window.ask(again);
    await until('the question', async () =>
      (await called(window, 'dialog', 'showMessageBox')).find(({ args }) =>
        JSON.stringify(args).includes('memfs-network'),
      ),
    );
    expect(await evaluate(window, 'location.hash')).toBe('#/visibility');
    await window.ask({ what: 'answer', button: 0 });
    await window.ask(again);
    await until('the form', () => evaluate(window, 'document.body.innerText.includes("A link filled in this form")'));
    expect(
      await evaluate(window, 'document.querySelector("input[type=radio]:checked")?.labels?.[0]?.innerText'),
    ).toMatch(/as a network file system/);
    expect(await evaluate(window, callByHand(900_004, 'filesystem.list', '{ all: true }'))).toMatchObject({
      output: { fileSystems: expect.not.arrayContaining([expect.objectContaining({ state: 'created' })]) },
    });
  });

  it('look again after sleep: the page asks the host anew', async () => {
    await evaluate(
      window,
      'void (globalThis.news = [], siloscope.onFrame(text => { const frame = JSON.parse(text); if (frame.kind === "news") news.push(frame); }))',
    );
    await window.ask({ what: 'emit', on: 'power', event: 'resume', args: [] });
    await until('the news', () =>
      evaluate(window, 'news.some(frame => frame.name === "snapshot.changed" && frame.payload.what === "host")'),
    );
  });

  it('tell of a leak by icon, word, badge and notification, and take them back', async () => {
    const launch = `{ profile: 'memfs-network', name: 'shown', mountPoint: 'X:', uncPrefix: '\\\\shown\\\\share' }`;
    expect(await evaluate(window, callByHand(900_005, 'filesystem.launch', launch))).toMatchObject({
      kind: 'result',
    });
    await until('the badge', async () =>
      (await called(window, 'BrowserWindow', 'setOverlayIcon')).find(({ args }) => args[1] !== ''),
    );
    await until('the notice', async () =>
      (await called(window, 'Notification', 'show')).find(({ args }) => JSON.stringify(args).includes('shown')),
    );
    const words = (await called(window, 'Tray', 'setToolTip')).map(({ args }) => String(args[0]));
    expect(words.some(text => text.startsWith('Siloscope: busy'))).toBe(true);
    expect(words.at(-1)).toBe('Siloscope: one volume is expected to leak, not tested');
    await evaluate(window, callByHand(900_006, 'filesystem.stop', `{ name: 'shown' }`));
    await until('its end', async () =>
      (await called(window, 'Notification', 'close')).find(({ args }) => JSON.stringify(args).includes('shown')),
    );
  });

  it('offer in the notification area what was launched, and workspaces', async () => {
    const saved = `{ workspace: { name: 'everyday', items: [{ name: 'one', launch: { profile: 'memfs-disk' } }] } }`;
    expect(await evaluate(window, callByHand(900_010, 'workspace.save', saved))).toMatchObject({ kind: 'result' });
    const menu = async (): Promise<string> =>
      JSON.stringify((await called(window, 'Tray', 'setContextMenu')).at(-1)?.args ?? []);
    await until('the workspace', async () => (await menu()).includes('Start everyday (0 of 1 running)'));
    expect(await menu()).toContain('memfs-network (X:, ');
    expect(await menu()).toContain('Save what runs now as a workspace');
  });

  it("keep secrets by the desktop's safe storage, and only in memory where it has no keyring", async () => {
    const set = callByHand(900_011, 'secret.set', `{ name: 'hubfs-token', value: 'hunter2-hunter2' }`);
    expect(await evaluate(window, set)).toMatchObject({ output: { state: 'kept', sealedBy: 'safe-storage' } });
    const process = await start({ env: { STANDIN_KEYRING: 'none' } });
    await drawn(process);
    expect(await evaluate(process, set)).toMatchObject({ output: { state: 'session' } });
    expect(await evaluate(process, callByHand(900_012, 'secret.list', '{}'))).toMatchObject({
      output: { place: { kind: 'session', because: 'basic-text' } },
    });
  });

  it('give a page that was loaded anew a channel of its own', async () => {
    await window.ask({ what: 'reload' });
    await drawn(window);
    expect(await evaluate(window, callByHand(1, 'profile.list', '{}'))).toMatchObject({ kind: 'result' });
  });

  it('end in order', async () => {
    const process = await start({ argv: ['--hidden'] });
    await drawn(process);
    expect(await called(process, 'BrowserWindow', 'show')).toEqual([]);
    const menu = (await called(process, 'Menu', 'setApplicationMenu')).length;
    expect(menu).toBe(1);
    await process.ask({ what: 'emit', on: 'app', event: 'before-quit', args: [] });
    await process.ask({ what: 'close' });
    expect(await called(process, 'BrowserWindow', 'closed')).toHaveLength(1);
    void process.ask({ what: 'quit' }).catch(() => undefined);
    expect(await process.ended).toBe(0);
  });

  it('leave at once when they are the second to start', async () => {
    const process = await start({ env: { STANDIN_SECOND: '1' } }).catch((error: unknown) => String(error));
    expect(process).toMatch(/ended with 0/);
  });

  it('say in the page what is wrong when there is no host', async () => {
    const process = await start({ argv: ['--scenario', 'no-such-scenario'] });
    await drawn(process);
    expect(await evaluate(process, callByHand(900_007, 'snapshot.take', '{}'))).toMatchObject({
      kind: 'fault',
      fault: { code: 'not-found', what: 'scenario', name: 'no-such-scenario' },
    });
  });

  describe('a mutant', () => {
    it("is caught: a preload in the page's own world leaves things lying about there", async () => {
      const process = await start({ env: { STANDIN_PRELOAD_WORLD: 'page' } });
      await drawn(process);
      expect(await evaluate(process, '"standinReceive" in globalThis')).toBe(true);
    });

    it('is caught: a preload that requires more than electron has no bridge', async () => {
      const process = await start({ main: await mutant('preload.cjs', text => `require('fs');\n${text}`) });
      expect(await until('the failure', async () => (await called(process, 'preload', 'failed'))[0])).toMatchObject({
        args: ['Error: module not found: fs'],
      });
      expect(await evaluate(process, 'typeof window.siloscope')).toBe('undefined');
    });

    it('is caught: a typo in the channel is heard by nobody', async () => {
      const main = await mutant('preload.cjs', text => text.replaceAll('"siloscope:frame"', '"siloscope:frames"'));
      const process = await start({ main });
      expect(await until('the failure', async () => (await called(process, 'preload', 'unheard'))[0])).toMatchObject({
        args: ['siloscope:frames'],
      });
    });

    it.each([
      [
        'no isolation of the preload',
        'contextIsolation: true',
        'contextIsolation: false',
        'sandboxed, isolated pages only',
      ],
      ['no sandbox', 'sandbox: true', 'sandbox: false', 'sandboxed, isolated pages only'],
      ['Node in the page', 'nodeIntegration: false', 'nodeIntegration: true', 'sandboxed, isolated pages only'],
      [
        'a member that is not modelled',
        'app.enableSandbox()',
        'app.enableSandboxes()',
        'does not model app.enableSandboxes',
      ],
    ])('is caught: %s', async (_, from, to, words) => {
      const started = start({ main: await mutant('main.js', text => text.replace(from, to)) });
      const failure = await started.then(
        async process => {
          await process.ended;
          return process.stderr;
        },
        (error: unknown) => String(error),
      );
      expect(failure).toContain(words);
    });

    it('is caught: a sender that is not judged is heard from anywhere', async () => {
      const main = await mutant('main.js', text => text.replace('if (!sender.trusted)', 'if (false)'));
      const process = await start({ main });
      await drawn(process);
      await evaluate(
        process,
        'void (globalThis.heard = [], siloscope.onFrame(frame => heard.push(JSON.parse(frame).id)))',
      );
      const frame = { kind: 'call', id: 777_777, name: 'profile.list', input: {} };
      await process.ask({ what: 'message', channel: CHANNEL, frames: [frame], url: 'https://example.com/' });
      await until('what should not be', () => evaluate(process, 'heard.includes(777777)'));
    });
  });
});
