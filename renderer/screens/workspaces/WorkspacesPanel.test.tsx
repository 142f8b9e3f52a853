// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { workspacesWords } from '../../../shared/wording/screen-workspaces.ts';
import { reconnectingClient } from '../../link/reconnecting-client.ts';
import { createStores } from '../../stores/stores.ts';
import { until } from '../../stores/until.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { STORIES } from '../../testing/fake-story.ts';
import { memoryLink } from '../../testing/memory-link.ts';
import { WorkspacesPanel } from './WorkspacesPanel.tsx';

let end = (): void => undefined;
afterEach(() => {
  cleanup();
  end();
});

it('a workspace says of its running item what an earlier container of it may hold, and how to get at it', async () => {
  const host = fakeHost(STORIES['winfsp-container-support'](), systemClock, 0.02);
  const client = reconnectingClient(memoryLink(host.hub), systemClock);
  const keep = { getItem: () => null, setItem: () => undefined };
  const stores = createStores({ client, connection: client, clock: systemClock, keep, fragment: '#/filesystems' });
  end = () => {
    stores.dispose();
    client.dispose();
    host.hub.dispose();
  };
  const items = ['cloud', 'scratch'].map(name => ({ name, launch: { profile: 'rclone-disk' } }));
  const state = { state: 'running', failures: 0, relaunches: 1 } as const;
  host.handlers['workspace.list'] = () => ({
    workspaces: [
      {
        workspace: { name: 'office', items },
        kept: true,
        items: [
          { name: 'cloud', ...state, unwritten: ['cloud.unwritten-0123456789ab'] },
          { name: 'scratch', ...state },
        ],
      },
    ],
  });
  await until(stores.connection.store, ({ kind }) => kind === 'open');
  await stores.workspaces.refresh();
  render(<WorkspacesPanel stores={stores} />);
  const [cloud, scratch] = screen.getByRole('list', { name: workspacesWords.details('office') }).querySelectorAll('li');
  expect(cloud?.textContent).toContain(workspacesWords.unwritten);
  expect(cloud?.textContent).toContain('docker cp cloud.unwritten-0123456789ab:PATH .');
  expect(scratch?.textContent).not.toContain(workspacesWords.unwritten);
});
