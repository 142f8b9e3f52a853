import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { journalLine as line } from '../../shared/domain/testing/journal-line.ts';
import { jumpTarget } from './jump-target.ts';

const VOLUME = '\\Device\\Volume{1}';

describe('a line of the journal', () => {
  it.each<[JournalEntry, ReturnType<typeof jumpTarget>]>([
    [line('volume.leaked', VOLUME), { to: 'volume', device: VOLUME }],
    [line('finding.opened', 'unc-leak', { volumes: [VOLUME] }), { to: 'volume', device: VOLUME }],
    [line('finding.closed', 'unc-leak'), { to: 'visibility' }],
    [line('container.died', 'billing'), { to: 'container', name: 'billing' }],
    [line('silo.arrived', 'billing'), { to: 'container', name: 'billing' }],
    [line('image.pull-done', 'ltsc2025'), { to: 'images' }],
    [line('fsd.stopped', 'WinFsp'), { to: 'readiness' }],
    [line('policy.saved', 'own'), { to: 'settings' }],
    [line('policy.violated', 'ghost-mount-point'), { to: 'visibility' }],
    [line('guard.stopped', 'billing'), { to: 'container', name: 'billing' }],
    [line('guard.blind', 'app'), { to: 'settings' }],
    [line('workspace.given-up', 'billing'), { to: 'container', name: 'billing' }],
    [line('journal.damaged', 'journal'), undefined],
  ])('leads to what it is about: %j', (entry, target) => {
    expect(jumpTarget(entry)).toEqual(target);
  });
});
