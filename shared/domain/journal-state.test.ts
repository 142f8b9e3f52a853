import { describe, expect, it } from 'vitest';
import { JournalState } from './journal-state.ts';

const VOLUME = '\\Device\\Volume{1}';
const CHAIN = { chain: [{ code: 'E1', holds: 'yes', rank: 'kernel' }], namespace: 'silo:4', kind: 'network' };
const at = '2026-11-22T14:02:10.000Z';

describe('what was told while the disk was full, and comes after others have said that its subject is gone', () => {
  it('is a line of its own, and brings no volume back', () => {
    const state = new JournalState();
    const data = { namespace: 'silo:4', kind: 'network', mountPoints: ['Y:'] };
    state.apply({ sequence: 1, at, source: 'inspection', what: 'volume.appeared', subject: VOLUME, data });
    state.apply({ sequence: 2, at, source: 'inspection', what: 'volume.gone', subject: VOLUME });
    const late = { source: 'inspection', what: 'volume.evidence-changed', subject: VOLUME, data: CHAIN } as const;
    expect(state.isRepeat(late)).toBe(false);
    state.apply({ sequence: 3, at, ...late });
    expect([...state.volumes.keys()]).toEqual([]);
  });

  it('is a line of its own, and brings no silo back', () => {
    const state = new JournalState();
    const late = {
      source: 'silo',
      what: 'silo.mup-seen',
      subject: 'billing',
      data: { id: 'silo:4', mup: 'own' },
    } as const;
    expect(state.isRepeat(late)).toBe(false);
    state.apply({ sequence: 1, at, ...late });
    expect([...state.namespaces.keys()]).toEqual([]);
  });
});
