import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recorded } from './modelled.ts';

/** What a test may ask of the process that runs the built main. */
export type Request =
  /** An expression in the page's own world; its value, as JSON has it. */
  | { readonly what: 'evaluate'; readonly code: string }
  /** A message as if of that sender; without an address its frame is gone. Answers how many listeners heard it. */
  | {
      readonly what: 'message';
      readonly channel: string;
      readonly frames: readonly unknown[];
      readonly url?: string;
      readonly contentsId?: number;
      readonly nested?: boolean;
    }
  | {
      readonly what: 'emit';
      readonly on: 'app' | 'power' | 'window';
      readonly event: string;
      readonly args: readonly unknown[];
    }
  /** The button that answers the next question. */
  | { readonly what: 'answer'; readonly button: number }
  /** What a user does to a task of the jump list. */
  | { readonly what: 'remove-task'; readonly args: string }
  | { readonly what: 'close' | 'quit' | 'recorded' | 'loads' | 'reload' };

export interface WindowProcessOptions {
  readonly chromium: string;
  /** The stand-in's folder, built. */
  readonly standin: string;
  /** The main to load. */
  readonly main: string;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it remembers of its last start. */
  readonly memory?: object;
}

export interface WindowProcess {
  ask(request: Request): Promise<unknown>;
  recorded(): Promise<readonly Recorded[]>;
  /** What it wrote to stderr so far. */
  readonly stderr: string;
  /** The code it ended with. */
  readonly ended: Promise<number | null>;
  end(): Promise<void>;
}

/** Starts the built main in a Node of its own. Resolves when the main module has been evaluated. */
export function startWindow(options: WindowProcessOptions): Promise<WindowProcess> {
  const data = mkdtempSync(join(tmpdir(), 'siloscope-window-'));
  if (options.memory !== undefined) {
    const kept = join(data, 'appData', 'Siloscope');
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, 'window.json'), JSON.stringify(options.memory));
  }
  const child: ChildProcess = fork(join(options.standin, 'runner.js'), [options.main, ...(options.argv ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      STANDIN_CHROMIUM: options.chromium,
      STANDIN_DATA: data,
      SILOSCOPE_HOME: data,
      ...options.env,
    },
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let stderr = '';
  let next = 1;
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>(resolve => {
    child.once('exit', code => {
      rmSync(data, { recursive: true, force: true });
      for (const waits of waiting.values()) waits.reject(new Error(`the window's process ended: ${stderr}`));
      resolve(code);
    });
  });
  const ask = (request: Request): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      child.send({ id, request }, error => {
        if (error !== null) reject(error);
      });
    });
  const started: WindowProcess = {
    ask,
    recorded: async () => (await ask({ what: 'recorded' })) as readonly Recorded[],
    get stderr() {
      return stderr;
    },
    ended,
    end: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
  return new Promise((resolve, reject) => {
    void ended.then(code => reject(new Error(`the window's process ended with ${code}: ${stderr}`)));
    child.on('message', (message: { id?: number; value?: unknown; error?: string; loaded?: true }) => {
      if (message.loaded) resolve(started);
      const waits = message.id === undefined ? undefined : waiting.get(message.id);
      if (message.id === undefined || waits === undefined) return;
      waiting.delete(message.id);
      if (message.error === undefined) waits.resolve(message.value);
      else waits.reject(new Error(message.error));
    });
  });
}
