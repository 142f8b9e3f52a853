// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { workspacesWords } from '../../../shared/wording/screen-workspaces.ts';
import { connectedStores } from '../../testing/lay-stores.ts';
import { WorkspacesPanel } from './WorkspacesPanel.tsx';

afterEach(cleanup);

it('a workspace says of its running item what an earlier container of it may hold, and how to get at it', async () => {
  const { host, stores } = await connectedStores('#/filesystems');
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
  await stores.workspaces.refresh();
  render(<WorkspacesPanel stores={stores} />);
  const [cloud, scratch] = screen.getByRole('list', { name: workspacesWords.details('office') }).querySelectorAll('li');
  expect(cloud?.textContent).toContain(workspacesWords.unwritten);
  expect(cloud?.textContent).toContain('what was not is in cloud.unwritten-0123456789ab, kept and stopped');
  expect(scratch?.textContent).not.toContain(workspacesWords.unwritten);
});

it('an item whose image is gone leads to its recipe', async () => {
  const { host, stores } = await connectedStores('#/filesystems');
  const fault = { code: 'image-not-built', image: 'siloscope/rclone:ltsc2025', profile: 'rclone-disk' } as const;
  host.handlers['workspace.list'] = () => ({
    workspaces: [
      {
        workspace: { name: 'office', items: [{ name: 'cloud', launch: { profile: 'rclone-disk' } }] },
        kept: true,
        items: [{ name: 'cloud', state: 'backing-off', failures: 3, relaunches: 0, fault }],
      },
    ],
  });
  await stores.workspaces.refresh();
  render(<WorkspacesPanel stores={stores} />);
  const asked: string[] = [];
  stores.build.open = profile => Promise.resolve(void asked.push(profile));
  fireEvent.click(screen.getByRole('button', { name: 'Build an image: cloud' }));
  expect(asked).toEqual(['rclone-disk']);
});
