import { z } from 'zod';

/** What the helper that shows the prompt is asked: which program, and its command line after the program. */
export const StartElevated = z.object({ file: z.string(), parameters: z.string(), folder: z.string() });
export type StartElevated = z.infer<typeof StartElevated>;

/** What came of it: a Win32 error, 0 when the program was started. */
export const ElevatorReply = z.object({ error: z.int().nonnegative() });
export type ElevatorReply = z.infer<typeof ElevatorReply>;
