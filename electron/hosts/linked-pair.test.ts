import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { linkedPair } from './linked-pair.ts';

describe('a connection in memory', () => {
  it('is cut at both ends when one is destroyed', async () => {
    const [near, far] = linkedPair();
    const closed = once(near, 'close');
    far.destroy();
    await closed;
    expect(near.destroyed).toBe(true);
  });

  it('is read to its end when the other side ends it, and answers after a half-close', async () => {
    const [near, far] = linkedPair();
    let question = '';
    far.on('data', chunk => {
      question += String(chunk);
    });
    far.on('end', () => far.end(`${question}, heard`));
    near.end('word');
    expect(await text(near)).toBe('word, heard');
  });
});
