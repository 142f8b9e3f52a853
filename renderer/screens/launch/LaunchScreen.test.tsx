// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { connectedStores } from '../../testing/lay-stores.ts';
import { LaunchScreen } from './LaunchScreen.tsx';

afterEach(cleanup);

it('what comes along can be chosen though the file of own profiles cannot be read', async () => {
  const { host, stores } = await connectedStores('#/launch');
  host.handlers['profile.list'] = () => {
    throw new FaultError({ code: 'kept-file-not-read', file: 'profiles.json', reason: 'line 1', writtenBy: '99.0.0' });
  };
  await stores.profiles.refresh();
  render(<LaunchScreen stores={stores} />);
  expect(await screen.findByText(/profiles\.json/)).toBeDefined();
  expect(screen.getAllByText(/memfs/).length).toBeGreaterThan(1);
});

it('a warning of the plan sets what is to be typed as code', async () => {
  const { host, stores } = await connectedStores('#/launch');
  const plan = host.handlers['launch.plan'];
  host.handlers['launch.plan'] = async (...asked) => ({
    ...(await plan(...asked)),
    warnings: ['The secret token is not set: `siloscope secrets set token` does.'],
  });
  render(<LaunchScreen stores={stores} />);
  await userEvent.click(await screen.findByRole('radio', { name: /memfs, as a disk/ }));
  expect((await screen.findByText('siloscope secrets set token')).tagName).toBe('CODE');
});
