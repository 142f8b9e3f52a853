import { createElement, type ReactElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** The least that React can be: what a page costs before it does anything. It shows what its server sends. */
function Page(): ReactElement {
  const [text, setText] = useState('Nothing');
  useEffect(() => {
    const socket = new WebSocket(`ws://${window.location.host}/`, [
      'siloscope',
      `token.${window.location.hash.slice(1)}`,
    ]);
    socket.addEventListener('message', ({ data }) => setText(String(data)));
    return () => socket.close();
  }, []);
  return createElement('button', { type: 'button' }, text);
}

const root = document.getElementById('app');
if (root !== null) createRoot(root).render(createElement(Page));
