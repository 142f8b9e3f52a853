// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { NEW_PROFILE } from '../../stores/profile-preview.ts';
import { connectedStores } from '../../testing/lay-stores.ts';
import { ProfileEditor } from './ProfileEditor.tsx';

afterEach(cleanup);

it('a profile that is renamed stays one, and says which workspaces launch it by its old name', async () => {
  const { host, stores } = await connectedStores('#/settings');
  const items = [{ name: 'share', launch: { profile: NEW_PROFILE.name } }];
  host.handlers['workspace.list'] = () => ({
    workspaces: [{ workspace: { name: 'office', items }, kept: true, items: [] }],
  });
  const saved: unknown[] = [];
  host.handlers['profile.save'] = ({ profile, replaces }) => {
    saved.push([profile.name, replaces]);
    return { ...profile, origin: 'user' };
  };
  await stores.workspaces.refresh();
  const closed: string[] = [];
  const close = (): void => void closed.push('closed');
  render(<ProfileEditor stores={stores} start={NEW_PROFILE} edited={NEW_PROFILE.name} profiles={[]} onClose={close} />);
  expect(screen.queryByText(/old name/)).toBeNull();
  const text = JSON.stringify({ ...NEW_PROFILE, name: 'renamed' });
  fireEvent.change(screen.getByRole('textbox'), { target: { value: text } });
  expect(await screen.findByText(/by 1 workspace: office\. Change it there, too\./)).toBeDefined();
  screen.getByRole('button', { name: settingsWords.profiles.editor.save }).click();
  await waitFor(() => expect(closed).toEqual(['closed']));
  expect(saved).toEqual([['renamed', NEW_PROFILE.name]]);
});
