import { z } from 'zod';

/** A secret's name: what it is kept and asked for under. Never its value. */
export const SecretName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower case letters, digits and "-", at most 63 of them');
export type SecretName = z.infer<typeof SecretName>;

/** A file of the container's own disk: the archive call of the engine reaches no other. */
const ContainerFile = z
  .string()
  .max(200)
  .regex(
    /^[Cc]:(?:\\(?!\.{1,2}(?:\\|$))[^\\/:*?"<>|\p{Cc}]+)+$/u,
    'expected a file on C:, such as C:\\tool\\secret.txt',
  );

/**
 * How a secret comes to a program in its container. `file`: put there before it starts. `stdin`: as one line, while it
 * starts. `environment` and `argument`: part of how the container is made, so that `docker inspect` shows it to whoever
 * may ask the engine; an argument is in every list of processes as well.
 */
export const SecretDelivery = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('file'), path: ContainerFile.optional() }),
  z.strictObject({ by: z.literal('stdin') }),
  z.strictObject({
    by: z.literal('environment'),
    variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected letters, digits and "_", with no digit first'),
  }),
  z.strictObject({ by: z.literal('argument') }),
]);
export type SecretDelivery = z.infer<typeof SecretDelivery>;

/** A secret that a profile's program takes. */
export const SecretNeed = z.strictObject({
  name: SecretName,
  title: z.string().min(1).max(80),
  deliver: SecretDelivery,
  /** The program runs without it, too. */
  optional: z.boolean().optional(),
  /** Arguments that come with it, where the command has `{secrets}`, else at its end. `{secret:NAME}`: path, or value. */
  arguments: z.array(z.string()).max(16).optional(),
  /** Variables that come with it, such as one that names its file. */
  environment: z.record(z.string(), z.string()).optional(),
});
export type SecretNeed = z.infer<typeof SecretNeed>;

/** Where a launch has a secret from: `given` with it, `kept` sealed, `session` until Siloscope ends; or why it has none. */
export const SecretState = z.enum(['given', 'kept', 'session', 'missing', 'locked']);
export type SecretState = z.infer<typeof SecretState>;

/** A secret in a launch's plan: never its value. */
export const PlannedSecret = z.object({
  name: z.string(),
  title: z.string(),
  deliver: SecretDelivery,
  optional: z.boolean(),
  state: SecretState,
});
export type PlannedSecret = z.infer<typeof PlannedSecret>;
