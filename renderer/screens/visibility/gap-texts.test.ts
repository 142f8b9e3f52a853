import { describe, expect, it } from 'vitest';
import { decode } from '../../../shared/domain/error-decoder.ts';
import { fakeInspection } from '../../testing/fake-inspection.ts';
import { gapErrors, gapText } from './gap-texts.ts';

const EMPTY = fakeInspection([], [], { probe: false, canary: false }, '2026-11-22T10:00:00.000Z');
const inspection = {
  ...EMPTY,
  namespaces: [...EMPTY.namespaces, { id: 'silo:7', kind: 'silo' as const, label: '0xC0000022' }],
};
const gap = (what: string, reason: string) => ({ namespace: 'silo:7', what, reason });

describe('what could not be asked', () => {
  it('is decoded by its reason, with the whole of it at hand', () => {
    const gaps = [gap('volumes', 'fsptool ended with 0xC0000034'), gap('links', 'open: 0xC0000034')];
    expect(gapErrors(inspection, gaps)).toEqual([
      {
        known: decode('0xC0000034'),
        texts: ['0xC0000022: volumes: fsptool ended with 0xC0000034', '0xC0000022: links: open: 0xC0000034'],
      },
    ]);
  });

  it('is not decoded by how a container is called', () => {
    const unknown = gap('0xC0000034', 'no fsptool in this container');
    expect(gapText(inspection, unknown)).toBe('0xC0000022: 0xC0000034: no fsptool in this container');
    expect(gapErrors(inspection, [unknown])).toEqual([]);
  });
});
