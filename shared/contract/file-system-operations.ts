import { z } from 'zod';
import { CopyProgress, KeptContainer, UnwrittenCopy } from '../domain/kept-container.ts';
import { Launched, LaunchInput, LaunchPlan, LaunchProgress, RunningFileSystem, Unwritten } from '../domain/launch.ts';
import { LogPiece } from '../domain/log-piece.ts';
import { BrokenRelaunch, RelaunchWay } from '../domain/relaunch.ts';
import { Volume } from '../domain/volume.ts';
import { nothing } from './nothing.ts';
import { command, query } from './operation.ts';

const terminalId = z.uuid();
const copyId = z.uuid();
const terminalSize = { rows: z.int().min(1).max(1_000), columns: z.int().min(1).max(1_000) };

/** File systems in containers, from launch to end. */
export const fileSystemOperations = {
  'launch.plan': query(LaunchInput, LaunchPlan),
  'filesystem.launch': command(LaunchInput, Launched, LaunchProgress),
  /** Reads everything anew. `all`: also what has ended. `revision`: of the last news that the list holds. */
  'filesystem.list': query(
    z.object({ all: z.boolean().default(false) }),
    z.object({ revision: z.int(), fileSystems: z.array(RunningFileSystem) }),
  ),
  /** Ask, wait, verify that the volume is gone, remove. `force`: kill after the grace period. */
  'filesystem.stop': command(
    z.object({
      name: z.string().min(1),
      force: z.boolean().default(false),
      graceMs: z.int().positive().default(30_000),
      keep: z.boolean().default(false),
    }),
    z.object({
      container: z.string(),
      gone: z.array(Volume),
      removed: z.boolean(),
      exitCode: z.number().optional(),
      /** What was given up, by force; empty: its program said that all is written. Absent: it said nothing. */
      unwritten: z.array(Unwritten).optional(),
      /** It had ended and was removed, by force, though it may have held what it had not written. */
      unasked: z.boolean().optional(),
    }),
    z.object({ note: z.string() }),
  ),
  /** What the program wrote. `follow`: goes on until the container ends; an abort ends it at once. */
  'filesystem.logs': command(
    z.object({
      name: z.string().min(1),
      follow: z.boolean().default(false),
      /** So many lines from the end, before what is to come. */
      tail: z.int().nonnegative().max(100_000).default(1_000),
      since: z.iso.datetime({ offset: true }).optional(),
    }),
    /** The container has ended: nothing more will come. */
    z.object({ ended: z.boolean() }),
    LogPiece,
  ),
  /**
   * A program with a console in a running container, by default the image's shell; never the file system's own process.
   * It lives as long as this call: an abort ends it. `id` is made by the client, at random.
   */
  'terminal.open': command(
    z.object({
      id: terminalId,
      container: z.string().min(1),
      command: z.array(z.string()).min(1).optional(),
      ...terminalSize,
    }),
    z.object({ exitCode: z.number(), container: z.string() }),
    z.object({ data: z.string() }),
  ),
  'terminal.write': command(z.object({ id: terminalId, data: z.string().max(1_048_576) }), nothing, nothing),
  'terminal.resize': command(z.object({ id: terminalId, ...terminalSize }), nothing, nothing),
  /** Ends its program: asked by its console, then killed. */
  'terminal.close': command(z.object({ id: terminalId }), nothing, nothing),
  /** Relaunches that were broken off, by a crash or an engine that was gone. What ran before is kept until it is settled. */
  'relaunch.list': query(nothing, z.object({ relaunches: z.array(BrokenRelaunch) })),
  /** Ends one. `mayStop`: what goes may be stopped where it runs, which loses its volume. Answers what stays. */
  'relaunch.settle': command(
    z.object({ name: z.string().min(1), way: RelaunchWay, mayStop: z.boolean().default(false) }),
    z.object({ container: z.string() }),
    z.object({ note: z.string() }),
  ),
  /** Removes what self-tests left whose process was cut off. Answers the containers' names. */
  'leftovers.sweep': command(nothing, z.object({ removed: z.array(z.string()) }), nothing),
  /** Ended containers that are kept, as they may hold what their programs did not write; with what can be known of it. */
  'unwritten.list': query(nothing, z.object({ containers: z.array(KeptContainer) })),
  /**
   * Copies what one of them holds into a zip archive, which is taken by `unwritten.next`, piece by piece, by whoever knows
   * `id`: made by the client, at random. Lives as long as this call, and ends when all is taken; an abort ends it at once.
   */
  'unwritten.copy': command(z.object({ container: z.string().min(1), id: copyId }), UnwrittenCopy, CopyProgress),
  /** The next piece of such an archive, in base64. `stop`: nothing more is wanted, and the copy ends as cancelled. */
  'unwritten.next': command(
    z.object({ id: copyId, stop: z.boolean().default(false) }),
    z.object({ data: z.string(), ended: z.boolean() }),
    nothing,
  ),
  /** Removes one, and with it what it holds. */
  'unwritten.remove': command(z.object({ container: z.string().min(1) }), z.object({ container: z.string() }), nothing),
} as const;
