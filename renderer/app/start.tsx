import './base.css';
import { systemClock } from '../../shared/base/clock.ts';
import { type Bridge, bridgeLink } from '../link/bridge-link.ts';
import type { Link } from '../link/link.ts';
import { takeToken } from '../link/page-token.ts';
import { webLink } from '../link/web-link.ts';
import { mount } from './mount.tsx';
import { fetchScreens } from './screen-parts.ts';

declare global {
  interface Window {
    /** There when the page runs in the app's window; a browser has none. */
    readonly siloscope?: Bridge;
  }
}

function linkOfPage(): Link {
  if (window.siloscope !== undefined) return bridgeLink(window.siloscope);
  return webLink({
    host: window.location.host,
    secure: window.location.protocol === 'https:',
    token: () => takeToken(window),
    socket: (url, protocols) => new WebSocket(url, [...protocols]),
    isServing: () =>
      fetch('./', { method: 'HEAD', cache: 'no-store' }).then(
        () => true,
        () => false,
      ),
  });
}

const root = document.getElementById('app');
const mounted =
  root === null
    ? undefined
    : mount(root, {
        link: linkOfPage(),
        clock: systemClock,
        keep: window.localStorage,
        inWindow: window.siloscope !== undefined,
      });

// The address of a server that was started anew, opened in this tab, changes the fragment only: nothing typed is lost.
window.addEventListener('hashchange', () => {
  if (window.siloscope !== undefined || window.location.hash.startsWith('#/')) return;
  takeToken(window);
  mounted?.retry();
});

const AFTER_FIRST_SIGHT_MS = 1_000;
setTimeout(() => void fetchScreens(), AFTER_FIRST_SIGHT_MS);
