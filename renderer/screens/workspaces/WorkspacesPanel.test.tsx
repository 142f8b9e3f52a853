// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { workspacesWords as words } from '../../../shared/wording/screen-workspaces.ts';
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
  const [cloud, scratch] = screen.getByRole('list', { name: words.details('office') }).querySelectorAll('li');
  expect(cloud?.textContent).toContain(words.unwritten);
  expect(cloud?.textContent).toContain('what was not is in cloud.unwritten-0123456789ab, kept and stopped');
  expect(scratch?.textContent).not.toContain(words.unwritten);
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

it.each([
  ['stop', words.stop, 'workspace.stop', words.nothingLost],
  ['end', words.remove, 'workspace.remove', words.removeText],
] as const)(
  'the %s of a workspace says what it costs, and waits for the answer',
  async (_what, button, order, cost) => {
    const { host, stores } = await connectedStores('#/filesystems');
    host.handlers['workspace.list'] = () => ({
      workspaces: [
        {
          workspace: { name: 'office', items: [{ name: 'cloud', launch: { profile: 'rclone-disk' } }] },
          kept: true,
          items: [{ name: 'cloud', state: 'held', failures: 0, relaunches: 0 }],
        },
      ],
    });
    const ordered: string[] = [];
    host.handlers['workspace.stop'] = ({ name }) => {
      ordered.push(`workspace.stop ${name}`);
      return { stopped: [], left: [] };
    };
    host.handlers['workspace.remove'] = ({ name }) => {
      ordered.push(`workspace.remove ${name}`);
      return { name };
    };
    await stores.workspaces.refresh();
    render(<WorkspacesPanel stores={stores} />);
    fireEvent.click(screen.getByRole('button', { name: `${button}: office` }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain(cost);
    expect(ordered).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: button }));
    await waitFor(() => expect(ordered).toEqual([`${order} office`]));
  },
);
