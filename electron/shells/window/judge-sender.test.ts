import { describe, expect, it } from 'vitest';
import { judgeSender } from './judge-sender.ts';

const OWN = 7;
const page = { url: 'app://siloscope/index.html', parent: null, isDestroyed: () => false };
/** As Electron's: whatever else it is asked, it throws. */
const gone = {
  isDestroyed: () => true,
  get url(): string {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
  get parent(): unknown {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};

describe('the sender of a frame', () => {
  it.each([
    ['our page', { ...page }],
    ['our page on a screen', { ...page, url: 'app://siloscope/index.html#/launch?profile=memfs-disk' }],
  ])('is trusted: %s', (_, senderFrame) => {
    expect(judgeSender({ sender: { id: OWN }, senderFrame }, OWN)).toEqual({ trusted: true });
  });

  it.each([
    ['another window with our page', { id: 8 }, page, 'another-window'],
    ['a frame that has navigated', { id: OWN }, null, 'frame-gone'],
    ['a frame that is gone', { id: OWN }, gone, 'frame-gone'],
    ['a frame inside our page', { id: OWN }, { ...page, parent: page }, 'nested-frame'],
    ['a web page', { id: OWN }, { ...page, url: 'https://siloscope/index.html' }, 'another-page'],
    ['a file', { id: OWN }, { ...page, url: 'file:///index.html' }, 'another-page'],
    ['an empty page', { id: OWN }, { ...page, url: 'about:blank' }, 'another-page'],
    ['no address', { id: OWN }, { ...page, url: '' }, 'another-page'],
    ['another host of our scheme', { id: OWN }, { ...page, url: 'app://siloscope.evil/index.html' }, 'another-page'],
    ['another file of ours', { id: OWN }, { ...page, url: 'app://siloscope/index.html/x' }, 'another-page'],
    ['our address with a query', { id: OWN }, { ...page, url: 'app://siloscope/index.html?x' }, 'another-page'],
    [
      'our address in the fragment',
      { id: OWN },
      { ...page, url: 'https://evil/#app://siloscope/index.html' },
      'another-page',
    ],
  ] as const)('is not heard: %s', (_, sender, senderFrame, because) => {
    expect(judgeSender({ sender, senderFrame }, OWN)).toMatchObject({ trusted: false, because });
  });
});
