// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { decode } from '../../../shared/domain/error-decoder.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import { until } from '../../stores/until.ts';
import { connectedStores } from '../../testing/lay-stores.ts';
import { LogsPane } from './LogsPane.tsx';

afterEach(cleanup);

async function logOf(text: string): Promise<void> {
  const { host, stores } = await connectedStores('#/filesystems');
  host.handlers['filesystem.logs'] = (_, { progress }) => {
    progress({ stream: 'stderr', text });
    return { ended: true };
  };
  stores.logs.open('memfs-share');
  await until(stores.logs.store, ({ following }) => !following);
  render(<LogsPane stores={stores} />);
}

describe('the log of a file system', () => {
  it('says what is known of its errors, each once, the last one first, with the lines at hand', async () => {
    await logOf('cannot mount: 0xC0000035\nall is well\ncannot open: 0xC0000022\nonce more: 0xC0000035\n');
    const items = within(screen.getByRole('list', { name: logsWords.known })).getAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      expect.stringContaining(decode('0xC0000035')?.fix ?? 'unknown'),
      expect.stringContaining(decode('0xC0000022')?.fix ?? 'unknown'),
    ]);
    expect(items[0]?.querySelector('pre')?.textContent).toBe('cannot mount: 0xC0000035\nonce more: 0xC0000035');
  });

  it('says nothing more where nothing is known', async () => {
    await logOf('all is well\n');
    expect(screen.queryByRole('list', { name: logsWords.known })).toBeNull();
  });
});
