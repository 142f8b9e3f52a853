// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Prose } from './Prose.tsx';

afterEach(cleanup);

describe('a sentence on the screen', () => {
  it('sets as code what is to be typed, and shows what a container chose as it is', () => {
    const { container } = render(<Prose text={'Of <b>a\u202e</b>: `siloscope inspect --probe` tests it.'} />);
    expect(container.textContent).toBe('Of <b>a\\u{202e}</b>: siloscope inspect --probe tests it.');
    expect([...container.querySelectorAll('*')].map(({ outerHTML }) => outerHTML)).toEqual([
      '<code>siloscope inspect --probe</code>',
    ]);
  });
});
