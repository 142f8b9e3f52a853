// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Fix } from '../../../shared/domain/fix.ts';
import { fixScreenWords as words } from '../../../shared/wording/screen-fixes.ts';
import { until } from '../../stores/until.ts';
import { connectedStores } from '../../testing/lay-stores.ts';
import { FixButtons } from './FixButtons.tsx';

afterEach(cleanup);

describe('a relaunch that lacks secrets', () => {
  it('asks for them where it was pressed, and goes on with them', async () => {
    const { client, host, stores } = await connectedStores('#/visibility');
    const given: unknown[] = [];
    host.handlers['finding.fix'] = ({ finding, fix: kind, secrets }) => {
      given.push(secrets);
      if (secrets !== undefined) return { finding, fix: kind, gone: true, lost: [], launched: ['one'] };
      const missing = [{ name: 'own-key', title: 'Key of its own', locked: false }];
      throw new FaultError({ code: 'secrets-missing', profile: 'own', secrets: missing });
    };
    const { findings } = await client.call('inspection.take', {});
    const fix: Fix = { kind: 'relaunch-as-disk', effect: 'ends', relaunches: [] };
    const [first] = findings;
    if (first === undefined) throw new Error('no finding');
    const finding = { ...first, id: 'unc-leak:one/own/share', fixes: [fix] };
    await stores.inspection.fix(finding, fix);
    render(<FixButtons stores={stores} finding={finding} />);
    const user = userEvent.setup();
    const go = screen.getByRole('button', { name: words.giveSecrets });
    expect(go).toHaveProperty('disabled', true);
    await user.type(screen.getByRole('textbox', { name: 'Key of its own' }), 'abc');
    await user.click(go);
    await until(stores.inspection.fixing, ({ last }) => last !== undefined);
    expect(given).toEqual([undefined, { 'own-key': 'abc' }]);
    expect(screen.queryByRole('form')).toBeNull();
  });
});
