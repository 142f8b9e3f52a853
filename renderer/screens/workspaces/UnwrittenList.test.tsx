// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { KeptContainer } from '../../../shared/domain/kept-container.ts';
import { unwrittenWords } from '../../../shared/wording/word-unwritten.ts';
import { connectedStores } from '../../testing/lay-stores.ts';
import { UnwrittenList } from './UnwrittenList.tsx';

afterEach(cleanup);

const NAME = 'cloud.unwritten-0123456789ab';
const KEPT: KeptContainer = {
  container: NAME,
  item: 'cloud',
  workspace: 'office',
  profile: 'rclone-disk',
  status: 'Exited (1) 3 minutes ago',
  directory: 'C:\\cache',
  waiting: [{ path: 'remote\\draft.txt', bytes: 12 }],
  count: 1,
};

async function shown(kept: readonly KeptContainer[]) {
  const { host, stores } = await connectedStores('#/filesystems');
  let left = kept;
  host.handlers['unwritten.list'] = () => ({ containers: [...left] });
  host.handlers['unwritten.copy'] = ({ container }, { progress }) => {
    progress({ files: 0, bytes: 0, of: { files: 1, bytes: 12 } });
    return {
      container,
      files: 1,
      bytes: 12,
      missing: ['remote\\gone.txt'],
      missingCount: 1,
      size: 130,
      sha256: 'a1b2',
    };
  };
  host.handlers['unwritten.remove'] = ({ container }) => {
    left = left.filter(one => one.container !== container);
    return { container };
  };
  await stores.unwritten.refresh();
  render(<UnwrittenList stores={stores} />);
  return host;
}

it('a kept container says what was not written, and gives it out', async () => {
  await shown([KEPT]);
  expect(screen.getByText('1 file not written: remote\\draft.txt (12 B).', { exact: false })).toBeDefined();
  const saved: (readonly [string, string])[] = [];
  const listen = (event: Event): void => {
    if (event.target instanceof HTMLAnchorElement) saved.push([event.target.download, event.target.pathname]);
  };
  HTMLAnchorElement.prototype.click = function () {
    listen({ target: this } as never);
  };
  screen.getByRole('button', { name: `${unwrittenWords.save}: ${NAME}` }).click();
  const told = (await screen.findByRole('status')).textContent;
  expect(told).toContain('1 file (12 B) copied out');
  expect(told).toContain('1 file that its program lists is not there: remote\\gone.txt.');
  expect(told).toContain('SHA-256 is a1b2');
  expect(saved).toEqual([['cloud.zip', expect.stringMatching(/^\/unwritten\/[0-9a-f-]{36}$/)]]);
});

it('a copy on its way says how far it is, and can be stopped', async () => {
  const host = await shown([KEPT]);
  host.handlers['unwritten.copy'] = (_, { progress, signal }) => {
    progress({ files: 0, bytes: 4, of: { files: 1, bytes: 12 } });
    return new Promise((__, reject) => {
      signal.addEventListener('abort', () => reject(new FaultError({ code: 'cancelled' })));
    });
  };
  screen.getByRole('button', { name: `${unwrittenWords.save}: ${NAME}` }).click();
  expect(await screen.findByText('0 of 1 file, 4 B of 12 B copied.', { exact: false })).toBeDefined();
  screen.getByRole('button', { name: `${unwrittenWords.stop}: ${NAME}` }).click();
  await waitFor(() => expect(screen.queryByRole('button', { name: `${unwrittenWords.stop}: ${NAME}` })).toBeNull());
});

it('a kept container is removed after a question that says what goes with it', async () => {
  await shown([KEPT]);
  screen.getByRole('button', { name: `${unwrittenWords.remove}: ${NAME}` }).click();
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain(unwrittenWords.lost);
  expect(dialog.textContent).toContain('remote\\draft.txt');
  within(dialog).getByRole('button', { name: unwrittenWords.remove }).click();
  await waitFor(() => expect(screen.queryByText(NAME)).toBeNull());
});

it('one whose profile names no directory has the line of docker instead of a button', async () => {
  await shown([{ container: NAME, item: 'cloud', status: 'Exited (0) 2 days ago' }]);
  expect(screen.queryByRole('button', { name: `${unwrittenWords.save}: ${NAME}` })).toBeNull();
  expect(screen.getByText(`docker cp ${NAME}:PATH .`)).toBeDefined();
});

it('what could not be copied out is told', async () => {
  const host = await shown([KEPT]);
  host.handlers['unwritten.copy'] = () => {
    throw new FaultError({ code: 'not-found', what: 'directory in it', name: 'C:\\cache' });
  };
  screen.getByRole('button', { name: `${unwrittenWords.save}: ${NAME}` }).click();
  expect(await screen.findByText('C:\\cache', { exact: false })).toBeDefined();
});
