// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type ReactElement, Suspense } from 'react';
import { afterEach, expect, it } from 'vitest';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { CrashGuard } from './CrashGuard.tsx';
import { lazyPart } from './lazy-part.ts';

afterEach(cleanup);

it('a part that could not be fetched is called no bug, and comes when it is asked for again', async () => {
  let isThere = false;
  let asked = 0;
  const part = lazyPart<object>(() => {
    asked += 1;
    return isThere ? Promise.resolve(() => <p>the part</p>) : Promise.reject(new TypeError('Failed to fetch'));
  });
  function Drawn(): ReactElement {
    const Part = part();
    return <Part />;
  }
  render(
    <CrashGuard>
      <Suspense>
        <Drawn />
      </Suspense>
    </CrashGuard>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain(shellWords.notFetched.title);
  expect(asked).toBe(1);
  isThere = true;
  fireEvent.click(screen.getByRole('button', { name: shellWords.again }));
  expect(await screen.findByText('the part')).toBeTruthy();
  expect(asked).toBe(2);
});
