import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type UtilityChild, utilityHelpers } from './utility-helpers.ts';

class Child extends EventEmitter implements UtilityChild {
  readonly sent: unknown[] = [];
  killed = 0;

  postMessage(message: unknown): void {
    this.sent.push(message);
  }

  kill(): boolean {
    this.killed++;
    return true;
  }
}

describe('a helper of the window', () => {
  it('is a utility process beside the program: sent messages, heard, and killed', () => {
    const child = new Child();
    const started: string[] = [];
    const helper = utilityHelpers('out', script => {
      started.push(script);
      return child;
    })('prober-process');
    const heard: unknown[] = [];
    const ends: unknown[] = [];
    const failed: string[] = [];
    helper.onMessage(message => heard.push(message));
    helper.onEnd((why, code) => ends.push([why, code]));
    helper.send({ path: 'Z:\\' }, error => failed.push(error.message));
    child.emit('message', { kind: 'ready' });
    helper.kill();
    // Out of memory, say: nobody hears it here, and nothing may be thrown.
    child.emit('error', 'FatalError', 'v8', '{}');
    child.emit('exit', 1);
    helper.send({ path: 'Y:\\' }, error => failed.push(error.message));
    expect({ started, sent: child.sent, heard, killed: child.killed, ends, failed }).toEqual({
      started: [join('out', 'prober-process.js')],
      sent: [{ path: 'Z:\\' }],
      heard: [{ kind: 'ready' }],
      killed: 1,
      ends: [['the helper process has ended', 1]],
      failed: ['the helper process has ended'],
    });
  });
});
