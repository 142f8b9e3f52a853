import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { tellOfSurprises } from './surprises.ts';

function surprised() {
  const [app, process] = [new EventEmitter(), new EventEmitter()];
  const [lines, told]: [string[], string[]] = [[], []];
  tellOfSurprises({ app, process, log: line => lines.push(line), tell: reason => told.push(reason) });
  return { app, process, lines, told };
}

describe('what nobody expected', () => {
  it('is told once when it was thrown at nobody, and is in the log each time', () => {
    const { process, lines, told } = surprised();
    process.emit('uncaughtException', 'one');
    process.emit('uncaughtException', 'two');
    process.emit('unhandledRejection', 'three');
    expect([told, lines.map(line => line.split(': ')[1])]).toEqual([['one'], ['one', 'two', 'three']]);
  });

  it('is in the log when a process of the window ends, but not for helpers, whose ends are heard elsewhere', () => {
    const { app, lines, told } = surprised();
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
    app.emit('child-process-gone', {}, { type: 'Utility', name: 'Network Service', reason: 'killed' });
    expect([told, lines]).toEqual([[], ['A process of the window ended: GPU (crashed).']]);
  });
});
