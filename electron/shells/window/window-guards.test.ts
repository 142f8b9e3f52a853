import { describe, expect, it } from 'vitest';
import { windowOptions } from './app-window.ts';
import { followLink } from './follow-link.ts';
import { guardDownloads, guardPage, guardPermissions, guardRequests } from './guard-page.ts';
import { openOutside, outsideAddress, type Question } from './open-outside.ts';

describe('the page in the window', () => {
  it('is sandboxed, in a world of its own, without Node', () => {
    const parts = { bounds: { x: 0, y: 0, width: 1, height: 1 }, background: '#fff', icon: 'i', preload: 'p.cjs' };
    expect(windowOptions(parts).webPreferences).toMatchObject({
      preload: 'p.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  type Going = (details: { url: string; preventDefault(): void }) => void;
  function guarded() {
    const going = new Map<string, Going>();
    const opened: string[] = [];
    const lines: string[] = [];
    let open: ((details: { url: string }) => { action: string }) | undefined;
    guardPage(
      {
        on: (event: string, listener: Going) => going.set(event, listener),
        setWindowOpenHandler: handler => {
          open = handler;
        },
        setWebRTCIPHandlingPolicy: policy => lines.push(policy),
      },
      { open: url => opened.push(url), log: line => lines.push(line) },
    );
    const goes = (event: string, url: string): boolean => {
      let prevented = false;
      going.get(event)?.({
        url,
        preventDefault: () => {
          prevented = true;
        },
      });
      return !prevented;
    };
    return { goes, opens: (url: string) => open?.({ url }), opened, lines };
  }

  it.each([
    ['app://siloscope/index.html', true],
    ['app://siloscope/index.html#/launch', true],
    ['app://siloscope/assets/x.html', false],
    ['https://example.com/', false],
    ['file:///c:/windows/win.ini', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
  ])('goes to %s: %s', (url, lets) => {
    const { goes, lines } = guarded();
    expect([goes('will-frame-navigate', url), goes('will-redirect', url), lines.length]).toEqual([
      lets,
      lets,
      lets ? 1 : 3,
    ]);
  });

  it('gets no window and no guest, whatever it asks', () => {
    const { goes, opens, opened } = guarded();
    expect([opens('https://example.com/'), goes('will-attach-webview', '')]).toEqual([{ action: 'deny' }, false]);
    expect(opened).toEqual(['https://example.com/']);
  });

  it.each([
    ['blob:app://siloscope/0e3d7cd8', [{ title: 'Save' }]],
    ['app://siloscope/unwritten/0b8f0e4e-9d0c-4b0e-8c0e-3f7f5d2a1c11', [{ title: 'Save' }]],
    ['app://siloscope/assets/main.js', ['refused']],
    ['blob:https://example.com/0e3d7cd8', ['refused']],
    ['https://example.com/setup.exe', ['refused']],
    ['data:text/plain,x', ['refused']],
  ])('saves what it made itself, under a plain title, and nothing else: %s', (url, done) => {
    const calls: unknown[] = [];
    guardDownloads(
      {
        on: (_event, listener) =>
          listener(
            { preventDefault: () => calls.push('refused') },
            { getURL: () => url, setSaveDialogOptions: options => calls.push(options) },
          ),
      },
      () => undefined,
    );
    expect(calls).toEqual(done);
  });

  it('reaches nothing outside, by request or from page to page', () => {
    const asked: unknown[] = [];
    guardRequests(
      {
        webRequest: {
          onBeforeRequest: ({ urls }, listener) => {
            asked.push(urls.map(url => url.split(':', 1)[0]));
            listener({ url: 'https://example.com/' }, answer => asked.push(answer));
          },
        },
      },
      line => asked.push(line),
    );
    expect(asked).toEqual([
      ['http', 'https', 'ws', 'wss'],
      'The page may not ask for https://example.com/.',
      { cancel: true },
    ]);
    expect(guarded().lines).toEqual(['disable_non_proxied_udp']);
  });

  it('gets no permission but the one to copy', () => {
    const answers: [string, boolean][] = [];
    const lines: string[] = [];
    let checks: unknown[] = [];
    guardPermissions(
      {
        setPermissionRequestHandler: handler => {
          for (const permission of [
            'clipboard-sanitized-write',
            'clipboard-read',
            'media',
            'notifications',
            'openExternal',
          ]) {
            handler(null, permission, granted => answers.push([permission, granted]));
          }
        },
        setPermissionCheckHandler: handler => {
          checks = [
            handler(null, 'clipboard-sanitized-write', 'app://siloscope/'),
            handler(null, 'clipboard-sanitized-write', 'https://example.com/'),
            handler(null, 'usb', 'app://siloscope/'),
          ];
        },
        setDevicePermissionHandler: handler => checks.push(handler()),
      },
      line => lines.push(line),
    );
    expect(answers.filter(([, granted]) => granted)).toEqual([['clipboard-sanitized-write', true]]);
    expect([checks, lines.length]).toEqual([[true, false, false, false], 4]);
  });
});

describe('a link that leads outside', () => {
  it.each([
    ['https://winfsp.dev/doc/', 'https://winfsp.dev/doc/'],
    ['http://winfsp.dev/', undefined],
    ['file:///c:/windows/system32/calc.exe', undefined],
    ['ms-settings:', undefined],
    ['siloscope://launch?profile=x', undefined],
    ['https://user:secret@example.com/', undefined],
    [`https://example.com/${'x'.repeat(3_000)}`, undefined],
    ['', undefined],
  ])('%s is opened as %s', (url, address) => {
    expect(outsideAddress(url)).toBe(address);
  });

  it('is asked about, one at a time, and opened only for a yes', async () => {
    const questions: Question[] = [];
    const opened: string[] = [];
    const answer: ((button: number) => void)[] = [];
    const open = openOutside({
      ask: question => {
        questions.push(question);
        return new Promise(resolve => answer.push(resolve));
      },
      openExternal: async url => void opened.push(url),
      log: () => undefined,
    });
    const first = open('https://winfsp.dev/');
    await open('https://example.com/');
    answer[0]?.(0);
    await first;
    const second = open('https://example.com/');
    answer[1]?.(1);
    await second;
    expect([questions.map(({ detail }) => detail), opened]).toEqual([
      ['https://winfsp.dev/', 'https://example.com/'],
      ['https://winfsp.dev/'],
    ]);
  });
});

describe('a link from outside', () => {
  function following(button: number) {
    const calls: unknown[] = [];
    const follow = followLink({
      ask: async ({ message, detail }) => {
        calls.push(message, detail.split('\n')[0]);
        return button;
      },
      show: fragment => calls.push(fragment ?? 'shown'),
      tell: (title, detail) => calls.push(title, detail),
      log: line => calls.push(line),
    });
    return { follow, calls };
  }
  const LAUNCH = 'siloscope://launch?profile=memfs-network';
  const ASKED = [
    'shown',
    'A link asks for a launch of "memfs-network".',
    'It came from outside Siloscope: a web page, a document or another program.',
  ];

  it.each([
    ['shows a screen without a question', 'siloscope://open?screen=images', 0, ['#/images']],
    [
      'fills in a launch for a yes, and says that a link asked',
      LAUNCH,
      0,
      [...ASKED, '#/launch?profile=memfs-network&from=link'],
    ],
    ['does nothing for a no', LAUNCH, 1, ASKED],
    [
      'says that nothing was done when it is none',
      'siloscope://run?x=1',
      0,
      [
        'A link was refused: It asks for something that links cannot do: they open a screen or fill in a launch. Nothing was done.',
        'shown',
        'A link was not followed',
        'It asks for something that links cannot do: they open a screen or fill in a launch. Nothing was done.',
      ],
    ],
  ])('%s', async (_, link, button, told) => {
    const { follow, calls } = following(button);
    await follow(link);
    expect(calls).toEqual(told);
  });
});
