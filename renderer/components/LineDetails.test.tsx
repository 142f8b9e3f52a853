// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { journalLine } from '../../shared/wording/log-lines.ts';
import { logsWords } from '../../shared/wording/screen-logs.ts';
import { LineDetails } from './LineDetails.tsx';

afterEach(cleanup);

const ID = '0123456789abcdef'.repeat(4);
const line = journalLine({
  sequence: 7,
  at: '2026-11-22T14:02:10.000Z',
  source: 'engine',
  what: 'container.ended',
  subject: 'a\u202eb',
  data: { id: ID, exitCode: 3 },
});

describe('a line whole', () => {
  it('says what happened, with its raw name and whole ids at hand, and nothing in it deceives', () => {
    render(<LineDetails line={line} raw={JSON.stringify(line.data)} leads={[]} onClose={() => undefined} />);
    screen.getByText('Container a\\u{202e}b ended with exit code 3');
    screen.getByText('container.ended');
    expect(screen.getByText(logsWords.raw)).toBeDefined();
    expect(screen.getByText(new RegExp(ID))).toBeDefined();
    expect(document.body.textContent).not.toContain('\u202e');
  });

  it('leads on, and is closed by Escape', async () => {
    const done: string[] = [];
    const leads = [{ label: 'Show b', go: () => void done.push('b') }];
    render(<LineDetails line={line} leads={leads} onClose={() => void done.push('closed')} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Show b' }));
    await user.keyboard('{Escape}');
    expect(done).toEqual(['b', 'closed']);
  });
});
