import { z } from 'zod';
import { RunningFileSystem } from './launch.ts';

/** Which of the two stays. */
export const RelaunchWay = z.enum(['restore', 'finish']);
export type RelaunchWay = z.infer<typeof RelaunchWay>;

const Side = z.object({
  /** Docker id. */
  id: z.string(),
  /** As it is called at present. */
  name: z.string(),
  state: RunningFileSystem.shape.state,
});

/**
 * A relaunch that was begun and neither ended nor undone: its process was cut off, or the engine was gone when it had to
 * be undone. What was there before is kept, stopped, until somebody says which of the two stays.
 */
export const BrokenRelaunch = z.object({
  /** What the container is called, when nothing is under way. */
  name: z.string(),
  /** What ran before; absent: it is gone, as `--rm` has it. */
  before: Side.optional(),
  /** What was to take its place; absent: it is removed already. */
  after: Side.optional(),
  /** When it was begun, ISO 8601 UTC; absent: nothing tells any more. */
  since: z.string().optional(),
  /** What can be done: bring back what ran before, or keep what runs now. */
  ways: z.array(RelaunchWay),
});
export type BrokenRelaunch = z.infer<typeof BrokenRelaunch>;
