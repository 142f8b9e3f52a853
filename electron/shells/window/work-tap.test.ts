import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../shared/wire/channel.ts';
import { pageChannel } from './page-channel.ts';
import { joinedProgress } from './taskbar.ts';
import { type WorkEnd, workTap } from './work-tap.ts';

const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const pulled = (fraction: number): object => ({ image: IMAGE, phase: 'downloading', layers: [], fraction });

function tapped() {
  const tap = workTap();
  const sent: unknown[] = [];
  const page = pageChannel(frame => sent.push(frame));
  const served: Channel = tap.tap(page);
  const ends: WorkEnd[] = [];
  tap.onEnd(end => ends.push(end));
  const call = (id: number, name: string, input: unknown): void => page.receive({ kind: 'call', id, name, input });
  return { tap, page, served, sent, ends, call };
}

describe('the work of the page', () => {
  it('is a pull, from its call over its progress to its end', () => {
    const { tap, served, sent, ends, call } = tapped();
    call(1, 'image.pull', { reference: IMAGE });
    expect(tap.running).toEqual([{ kind: 'pull', subject: IMAGE, fraction: undefined }]);
    served.send({ kind: 'progress', id: 1, told: pulled(0.25) });
    expect(tap.running).toEqual([{ kind: 'pull', subject: IMAGE, fraction: 0.25 }]);
    served.send({ kind: 'result', id: 1, output: {} });
    expect(tap.running).toEqual([]);
    expect(ends).toEqual([{ work: { kind: 'pull', subject: IMAGE, fraction: 0.25 }, how: 'done' }]);
    expect(sent).toHaveLength(2);
  });

  it('is a launch that counts its steps, the pull within one, and never goes back', () => {
    const { tap, served, call } = tapped();
    call(1, 'filesystem.launch', { profile: 'memfs-disk' });
    const told: unknown[] = [
      { step: 'image', state: 'started' },
      { step: 'image', state: 'started', pull: pulled(0.5) },
      { step: 'container', state: 'done' },
      { step: 'container', state: 'undone' },
      { step: 'preflight', state: 'started' },
      'nonsense',
    ];
    const fractions = told.map(step => {
      served.send({ kind: 'progress', id: 1, told: step });
      return tap.running[0]?.fraction;
    });
    expect(fractions).toEqual([2 / 7, 2.5 / 7, 4 / 7, 4 / 7, 4 / 7, 4 / 7]);
  });

  it.each([
    ['a failure', { code: 'engine-unreachable' }, 'failed'],
    ['a cancellation', { code: 'cancelled' }, 'cancelled'],
    ['nonsense', 7, 'failed'],
  ])('ends with %s', (_, fault, how) => {
    const { served, ends, call } = tapped();
    call(1, 'filesystem.launch', { profile: 'memfs-disk', name: 'mine' });
    served.send({ kind: 'fault', id: 1, fault });
    expect(ends).toEqual([{ work: { kind: 'launch', subject: 'mine', fraction: 0 }, how }]);
  });

  it.each([
    ['a question', 'snapshot.take', {}],
    ['a pull of nothing', 'image.pull', {}],
    ['a launch that no contract has', 'filesystem.launch', { command: [] }],
  ])('is not %s', (_, name, input) => {
    const { tap, call } = tapped();
    call(1, name, input);
    expect(tap.running).toEqual([]);
  });

  it('is gone with the page that asked for it, without a word about its end', () => {
    const { tap, page, ends, call } = tapped();
    let changes = 0;
    call(1, 'image.pull', { reference: IMAGE });
    tap.onChange(() => changes++);
    page.close();
    expect([tap.running, ends, changes]).toEqual([[], [], 1]);
  });

  it.each([
    ['nothing', [], undefined],
    ['one that cannot say', [undefined], 'unknown'],
    ['one', [0.5], 0.5],
    ['the mean of those that can say', [0.2, 0.6, undefined], 0.4],
  ])('is one bar on the taskbar: %s', (_, fractions, bar) => {
    expect(joinedProgress(fractions.map(fraction => ({ kind: 'pull', subject: 'x', fraction })))).toEqual(bar);
  });
});
