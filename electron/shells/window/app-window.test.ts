import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { loadWindow, type ShownWindow } from './app-window.ts';

describe('the page in its window', () => {
  type Listener = (...args: never[]) => void;
  function loading(
    start: { hidden: boolean; maximized: boolean; fragment?: string },
    loads: (url: string) => Promise<void>,
    button = 1,
  ) {
    const calls: string[] = [];
    const on = new Map<string, (...args: unknown[]) => void>();
    const listen = (event: string, listener: Listener): unknown =>
      on.set(event, listener as (...args: unknown[]) => void);
    const clock = new ManualClock();
    let url = '';
    const window: ShownWindow = {
      webContents: {
        on: listen,
        getURL: () => url,
        forcefullyCrashRenderer: () => calls.push('ended by force'),
      },
      isDestroyed: () => false,
      isMinimized: () => true,
      isVisible: () => true,
      isFocused: () => true,
      restore: () => calls.push('restore'),
      show: () => calls.push('show'),
      focus: () => calls.push('focus'),
      maximize: () => calls.push('maximize'),
      loadURL: next => {
        url = next;
        calls.push(next);
        return loads(next);
      },
      once: listen,
      on: listen,
    };
    const log = (line: string): void => void calls.push(line);
    const show = loadWindow(
      {
        window,
        reset: () => calls.push('reset'),
        log,
        ask: ({ message }) => {
          calls.push(message);
          return Promise.resolve(button);
        },
        start: { ...start, isHidden: () => Promise.resolve(start.hidden) },
      },
      clock,
    );
    const emit = (event: string, ...args: unknown[]): void => on.get(event)?.(...args);
    return { calls, show, emit, pass: (ms: number) => clock.advance(ms) };
  }
  const PAGE = 'app://siloscope/index.html';

  it.each([
    ['shown when it is drawn', { hidden: false, maximized: false }, [PAGE, 'show']],
    ['maximized as it was left', { hidden: false, maximized: true }, [PAGE, 'maximize', 'show']],
    ['kept in the notification area', { hidden: true, maximized: true }, [PAGE]],
    ['opened at a screen', { hidden: false, maximized: false, fragment: '#/launch' }, [`${PAGE}#/launch`, 'show']],
  ])('is %s', async (_, start, calls) => {
    const opened = loading(start, () => Promise.resolve());
    opened.emit('ready-to-show');
    await Promise.resolve();
    expect(opened.calls).toEqual(calls);
  });

  it.each([
    ['though nothing says that it is drawn', ['did-finish-load'], 1],
    ['once, whatever says so first', ['did-finish-load', 'ready-to-show'], 1],
    ['not before it is there', [], 0],
  ])('is shown %s', async (_, events, times) => {
    const opened = loading({ hidden: false, maximized: true }, () => Promise.resolve());
    for (const event of events) opened.emit(event);
    opened.pass(10_000);
    await Promise.resolve();
    expect(opened.calls.filter(call => call === 'show')).toHaveLength(times);
  });

  it('is maximized as it was left when it is first brought up from the notification area', () => {
    const { calls, show } = loading({ hidden: true, maximized: true }, () => Promise.resolve());
    show();
    show();
    expect(calls.slice(1)).toEqual(['restore', 'maximize', 'show', 'focus', 'restore', 'show', 'focus']);
  });

  it('comes to the front, and goes to a screen without being loaded anew', () => {
    const { calls, show } = loading({ hidden: true, maximized: false }, () => Promise.resolve());
    show();
    show('#/images');
    show('#/images');
    const front = ['restore', 'show', 'focus'];
    expect(calls).toEqual([PAGE, ...front, `${PAGE}#/images`, ...front, ...front]);
  });

  it('fills in a form as often as it is asked to', () => {
    const { calls, show } = loading({ hidden: true, maximized: false }, () => Promise.resolve());
    show('#/launch?profile=memfs-disk');
    show('#/launch?profile=memfs-disk');
    const asked = calls.filter(call => call.includes('profile'));
    expect(asked).toEqual([1, 2].map(turn => `${PAGE}#/launch?profile=memfs-disk&turn=${turn}`));
  });

  it.each([
    ['when another document stands there', 'did-navigate', ['reset']],
    ['not when one was only wished for', 'did-start-navigation', []],
  ])('begins anew %s', (_, event, calls) => {
    const opened = loading({ hidden: true, maximized: false }, () => Promise.resolve());
    opened.emit(event, {});
    expect(opened.calls.slice(1)).toEqual(calls);
  });

  it('is loaded again when its process ends, three times without peace between', () => {
    const { calls, show, emit, pass } = loading({ hidden: true, maximized: false }, () => Promise.resolve());
    for (let end = 0; end < 5; end++) emit('render-process-gone', {}, { reason: 'crashed' });
    expect(calls.filter(call => call === PAGE)).toHaveLength(4);
    expect(calls.filter(call => call === 'The window has broken down again and again.')).toHaveLength(1);
    show();
    emit('did-navigate');
    show();
    expect(calls.filter(call => call === PAGE)).toHaveLength(5);
    pass(11 * 60_000);
    emit('render-process-gone', {}, { reason: 'oom' });
    emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(calls.filter(call => call === PAGE)).toHaveLength(6);
  });

  it.each([
    [1, ['The window does not answer.']],
    [0, ['The window does not answer.', 'ended by force']],
  ])('asks once when it hangs, and is ended for button %i alone', async (button, expected) => {
    const { calls, emit } = loading({ hidden: true, maximized: false }, () => Promise.resolve(), button);
    emit('unresponsive');
    emit('unresponsive');
    await new Promise(resolve => setImmediate(resolve));
    expect(calls.slice(1)).toEqual(expected);
  });

  it('says in the log that it was not loaded', async () => {
    const { calls } = loading({ hidden: true, maximized: false }, () => Promise.reject(new Error('ERR_FAILED')));
    await new Promise(resolve => setImmediate(resolve));
    expect(calls).toEqual([PAGE, 'The page was not loaded: Error: ERR_FAILED.']);
  });
});
