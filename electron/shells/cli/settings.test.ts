import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../shared/contract/fault.ts';
import { parseChanges } from './commands/settings.ts';
import { ran } from './testing/real-doors.ts';

const wrong = (...changes: readonly string[]): unknown => {
  try {
    return parseChanges(changes);
  } catch (caught) {
    const fault = faultOf(caught);
    return fault.code === 'invalid-input' ? fault.issues : fault;
  }
};

describe('siloscope settings NAME=VALUE', () => {
  it.each([
    [['theme=dark', 'startHidden=true'], { appearance: { theme: 'dark' }, startHidden: true }],
    [['hosts='], { hosts: [] }],
    [['guard=stop,including-running'], { guard: { mode: 'stop', includeRunning: true } }],
  ])('%j changes %j', (changes, patch) => {
    expect(parseChanges(changes)).toEqual(patch);
  });

  it.each([
    ['theme=drak', { path: 'theme', message: 'expected "system", "light" or "dark", found "drak"' }],
    ['autostart=yes', { path: 'autostart', message: 'expected true or false, found "yes"' }],
    ['hosts=local,foo', { path: 'hosts[1].id', message: 'expected local or ssh://user@host, found "foo"' }],
    ['guard=shoot', { path: 'guard.mode', message: expect.stringContaining('found "shoot"') }],
  ])('%s is told by the name that was given', (change, issue) => {
    expect(wrong(change)).toEqual([issue]);
  });

  it('tells each of several mistakes on a line of its own', async () => {
    const { exitCode, err } = await ran(['settings', 'theme=drak', 'autostart=yes']);
    expect(exitCode).toBe(2);
    expect(err.split('\n').map(line => line.trim())).toEqual(
      expect.arrayContaining([
        'theme: expected "system", "light" or "dark", found "drak"',
        'autostart: expected true or false, found "yes"',
      ]),
    );
  });
});
