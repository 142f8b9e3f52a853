import fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { parseDeepLink } from '../../../shared/domain/deep-link.ts';
import { SCREENS } from '../../../shared/domain/screen.ts';
import { parseLaunchArguments } from './launch-arguments.ts';
import type { ToastWish } from './notices.ts';
import { followPresses, systemToasts, toastXml } from './toasts.ts';

/** A notification of the system that does what its user does. */
function notification(calls: unknown[]) {
  const listeners: ((details: { readonly reason?: string }) => void)[] = [];
  return {
    show: () => calls.push('show'),
    close: () => calls.push('close'),
    on: (event: string, listener: (details: { readonly reason?: string }) => void) =>
      event === 'click' && listeners.push(listener),
    press: () => {
      for (const listener of listeners) listener({});
    },
  };
}

describe('a toast', () => {
  it("is the system's, hears a press, and can be taken back", () => {
    const calls: unknown[] = [];
    const made = notification(calls);
    const make = systemToasts(
      () => true,
      wish => {
        calls.push(wish);
        return made;
      },
    );
    const toast = make({ title: 't', body: 'b', button: 'one' });
    toast.onPress(() => calls.push('pressed'));
    toast.show();
    made.press();
    toast.remove();
    expect(calls).toEqual([{ title: 't', body: 'b', button: 'one' }, 'show', 'pressed', 'close']);
  });

  it('is nothing where the system has none', () => {
    const make = systemToasts(
      () => false,
      () => {
        throw new Error('made all the same');
      },
    );
    expect(() => make({ title: 't', body: 'b' }).show()).not.toThrow();
  });
});

describe('a toast in the words of Windows', () => {
  const parsed = (wish: ToastWish) => {
    const document = new new Window().DOMParser().parseFromString(toastXml(wish), 'text/xml');
    const all = (name: string) => [...document.getElementsByTagName(name)];
    return {
      names: all('*').map(({ tagName }) => tagName),
      texts: all('text').map(({ textContent }) => textContent),
      launch: all('toast')[0]?.getAttribute('launch'),
      actions: all('action').map(action => [action.getAttribute('content'), action.getAttribute('arguments')]),
    };
  };

  it.each(SCREENS)('carries the screen %s as a link that is understood', screen => {
    const { launch, actions } = parsed({ title: 't', body: 'b', button: 'Show', screen });
    expect(parseDeepLink(launch ?? '')).toEqual({ ok: true, link: { kind: 'open', screen } });
    expect(actions).toEqual([['Show', launch]]);
  });

  it('needs neither a screen nor a button', () => {
    expect(parsed({ title: 't', body: 'b' })).toEqual({
      names: ['toast', 'visual', 'binding', 'text', 'text'],
      texts: ['t', 'b'],
      launch: '',
      actions: [],
    });
  });

  it('says what was to be said, whatever a name in it tries to be', () => {
    const hostile = '</text><action content="x" activationType="protocol" arguments="https://x"/>&amp;';
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(hostile)), text => {
        const { names, texts, actions } = parsed({ title: text, body: 'b', button: text });
        expect(names).toEqual(['toast', 'visual', 'binding', 'text', 'text', 'actions', 'action']);
        expect([texts[0], actions[0]?.[0]]).toEqual([text, text]);
      }),
    );
  });

  it('is never more than XML may hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)) }),
        text => {
          const xml = toastXml({ title: text, body: text });
          expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
        },
      ),
    );
  });
});

describe('a press that no notification of this process hears of', () => {
  function given() {
    const done: string[] = [];
    let pressed: (press: { readonly arguments: string }) => void = () => undefined;
    const awaitPress = followPresses(
      {
        isSupported: () => done.push('registered') > 0,
        handleActivation: listener => {
          pressed = listener;
        },
      },
      { show: () => done.push('shown'), follow: link => done.push(link) },
    );
    return { done, press: (link: string) => pressed({ arguments: link }), awaitPress };
  }

  it('is followed as a link from outside, or shows the window', () => {
    const { done, press } = given();
    press('siloscope://open?screen=visibility');
    press('');
    expect(done).toEqual(['siloscope://open?screen=visibility', 'shown']);
  });

  it('finds the class that Windows waits for, where it has started the program for it, and only there', () => {
    const { done, awaitPress } = given();
    expect(done).toEqual([]);
    awaitPress();
    expect(done).toEqual(['registered']);
  });

  it.each([
    [['-Embedding'], true],
    [['/Embedding'], true],
    [['--hidden'], undefined],
  ])('has started a program with %j: %s', (argv, pressed) => {
    expect(parseLaunchArguments(argv, () => undefined).pressed).toBe(pressed);
  });
});
