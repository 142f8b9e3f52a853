import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableRedactor } from './redaction.ts';
import { redactor } from './report-redaction.ts';
import { countTakenOut, splitTakenOut, type TakenOutBy } from './taken-out.ts';

const WHO = ['box', 'erika'];
const marked = (raw: string): string[] =>
  splitTakenOut(redactor(WHO).text(raw), 'mark').flatMap(piece => (piece.takenOut ? [piece.text] : []));
const standingIn = (raw: string): string[] =>
  splitTakenOut(stableRedactor({ machines: ['box'], users: ['erika'] }).text(raw), 'stand-in').flatMap(piece =>
    piece.takenOut ? [piece.text] : [],
  );

describe('what was taken out', () => {
  it.each([
    ['C:\\Users\\anna\\x', ['<user>']],
    ['ssh://anna@far', ['<host>']],
    ['anna@far.example and 10.1.2.3', ['<account>', '<address>']],
    ['box --password hunter2', ['<machine>', '<secret>']],
    ['a container that is called user-1', []],
  ])('is marked in a report: %s', (raw, marks) => {
    expect(marked(raw)).toEqual(marks);
  });

  it.each([
    ['box\\erika', ['machine-1', 'user-1']],
    ['anna@far.example', ['account-1@example.invalid']],
    ['0123abcd-0000-1111-2222-333344445555', ['5105c09e-0000-4000-8000-000000000001']],
    ['S-1-5-21-10-20-30-1001', ['S-1-5-21-1-1-1-1001']],
    ['AA-BB-CC-DD-EE-FF', ['02-00-00-00-00-01']],
    ['10.1.2.3 fe80::1:2', ['198.18.0.1', '2001:db8::1']],
    ['--password hunter2', ['<secret>']],
  ])('is marked in a recording: %s', (raw, names) => {
    expect(standingIn(raw)).toEqual(names);
  });

  it('is split off without losing a letter, and counted alike', () => {
    const text = fc.array(fc.oneof(fc.constantFrom('<user>', '<', 'user-1', '198.18.0.1', '\n'), fc.string()));
    fc.assert(
      fc.property(text, fc.constantFrom<TakenOutBy>('mark', 'stand-in'), (parts, by) => {
        const raw = parts.join('');
        const pieces = splitTakenOut(raw, by);
        expect(pieces.map(piece => piece.text).join('')).toBe(raw);
        for (const { at, text: piece } of pieces) expect(raw.slice(at, at + piece.length)).toBe(piece);
        expect(pieces.filter(({ takenOut }) => takenOut).length).toBe(countTakenOut(raw, by));
      }),
    );
  });
});
