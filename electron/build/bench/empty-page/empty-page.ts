import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** The least that React can be: what a page costs before it does anything. */
const root = document.getElementById('app');
if (root !== null) createRoot(root).render(createElement('button', { type: 'button' }, 'Nothing'));
