import { describe, expect, it } from 'vitest';
import { judgeFrame } from './judge-frame.ts';

const nest = (depth: number): object => (depth === 0 ? {} : { nest: nest(depth - 1) });
const circle: { self?: unknown } = {};
circle.self = circle;

describe('a frame of the page', () => {
  it.each([
    ['a call', { kind: 'call', id: 1, name: 'snapshot.take', input: {} }],
    ['an absent value', { kind: 'call', id: 1, name: 'x', input: undefined }],
    ['lists and numbers', [1, 'two', [true, null]]],
    ['an object without a prototype', Object.create(null)],
    ['nothing', undefined],
  ])('is carried: %s', (_, frame) => {
    expect(judgeFrame(frame)).toEqual({ fits: true });
  });

  it.each([
    ['a long text', { text: 'x'.repeat(101) }, 'too-large'],
    ['a long name', { ['x'.repeat(101)]: 1 }, 'too-large'],
    ['many small things', Array.from({ length: 50 }, () => 1), 'too-large'],
    ['a list with nothing in it', Array.from({ length: 1_000 }), 'too-large'],
  ] as const)('is refused beyond the largest: %s', (_, frame, because) => {
    expect(judgeFrame(frame, 100)).toEqual({ fits: false, because });
  });

  it.each([
    ['a nest without end', nest(200), 'too-deep'],
    ['a circle', circle, 'too-deep'],
    ['a map', { input: new Map() }, 'not-plain'],
    ['a date', { input: new Date(0) }, 'not-plain'],
    ['bytes', { input: new Uint8Array(4) }, 'not-plain'],
    ['an error', { input: new Error('x') }, 'not-plain'],
    ['a big integer', { input: 1n }, 'not-plain'],
  ] as const)('is refused: %s', (_, frame, because) => {
    expect(judgeFrame(frame)).toEqual({ fits: false, because });
  });
});
