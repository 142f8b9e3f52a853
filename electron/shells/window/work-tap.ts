import { z } from 'zod';
import { Emitter } from '../../../shared/base/emitter.ts';
import { LaunchInput, LaunchProgress, PullProgress } from '../../../shared/domain/launch.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { CallerFrame, ServerFrame } from '../../../shared/wire/frame.ts';
import { overheard } from '../../../shared/wire/overheard.ts';

/** A pull or a launch that the page asked for. */
export type Work = {
  readonly subject: string;
  /** 0..1; undefined while nobody can say. */
  readonly fraction: number | undefined;
  readonly kind: 'pull' | 'launch';
};

export type WorkEnd = { readonly work: Work; readonly how: 'done' | 'failed' | 'cancelled' };

/** What the page's calls amount to, read off the wire as they pass. */
export interface WorkTap {
  readonly running: readonly Work[];
  onChange(listener: () => void): () => void;
  onEnd(listener: (end: WorkEnd) => void): () => void;
  /** The same channel, listened to. */
  tap(channel: Channel): Channel;
}

const PullInput = z.object({ reference: z.string() });
const STEPS = LaunchProgress.shape.step.options;

/** Listens to pulls and launches on the page's channels, so that taskbar and tray show what the page shows. */
export function workTap(): WorkTap {
  const changed = new Emitter<void>();
  const ended = new Emitter<WorkEnd>();
  const channels = new Set<Map<number, Work>>();

  const asked = (running: Map<number, Work>, frame: unknown): void => {
    const parsed = CallerFrame.safeParse(frame);
    if (!parsed.success || parsed.data.kind !== 'call' || running.has(parsed.data.id)) return;
    const work = workOf(parsed.data.name, parsed.data.input);
    if (work === undefined) return;
    running.set(parsed.data.id, work);
    changed.emit();
  };
  const told = (running: Map<number, Work>, frame: unknown): void => {
    const parsed = ServerFrame.safeParse(frame);
    if (!parsed.success || parsed.data.kind === 'news') return;
    const answer = parsed.data;
    const work = running.get(answer.id);
    if (work === undefined) return;
    if (answer.kind === 'progress') running.set(answer.id, { ...work, fraction: fractionOf(work, answer.told) });
    else {
      running.delete(answer.id);
      ended.emit({ work, how: answer.kind === 'result' ? 'done' : howOf(answer.fault) });
    }
    changed.emit();
  };
  return {
    get running() {
      return [...channels].flatMap(running => [...running.values()]);
    },
    onChange: listener => changed.on(listener),
    onEnd: listener => ended.on(listener),
    tap: channel => {
      const running = new Map<number, Work>();
      channels.add(running);
      return overheard(channel, {
        asked: frame => asked(running, frame),
        told: frame => told(running, frame),
        closed: () => {
          channels.delete(running);
          if (running.size > 0) changed.emit();
        },
      });
    },
  };
}

function workOf(name: string, input: unknown): Work | undefined {
  if (name === 'image.pull') {
    const parsed = PullInput.safeParse(input);
    return parsed.success ? { kind: 'pull', subject: parsed.data.reference, fraction: undefined } : undefined;
  }
  if (name !== 'filesystem.launch') return undefined;
  const parsed = LaunchInput.safeParse(input);
  if (!parsed.success) return undefined;
  const { profile, name: container } = parsed.data;
  const subject = container ?? profile ?? 'a command';
  return { kind: 'launch', subject, fraction: 0 };
}

/** A launch counts its steps, and the parts of the one that pulls; it never goes back. */
function fractionOf(work: Work, told: unknown): number | undefined {
  if (work.kind === 'pull') {
    const progress = PullProgress.safeParse(told);
    return progress.success ? progress.data.fraction : work.fraction;
  }
  const progress = LaunchProgress.safeParse(told);
  if (!progress.success) return work.fraction;
  const { step, state, pull } = progress.data;
  const within = state === 'started' ? (pull?.fraction ?? 0) : 1;
  return Math.max(work.fraction ?? 0, (STEPS.indexOf(step) + within) / STEPS.length);
}

function howOf(fault: unknown): WorkEnd['how'] {
  const isCancelled = typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'cancelled';
  return isCancelled ? 'cancelled' : 'failed';
}
