import { z } from 'zod';

/** A host key by its hash, as `ssh-keygen -l` prints it. */
export const HostKeyFingerprint = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'expected SHA256: and 43 letters, as ssh-keygen -l prints them');
export type HostKeyFingerprint = z.infer<typeof HostKeyFingerprint>;

/** `ssh://[user@]host[:port]`. A name alone is looked up in the user's ssh configuration, and may say nothing of a user. */
export const SSH_ADDRESS = /^ssh:\/\/([^@/\s]+@)?[^@/\s]+$/;
export const isSshAddress = (text: string): boolean => SSH_ADDRESS.test(text);

/**
 * Why a host key is not to be accepted. `strict`: the user's ssh configuration forbids keys that nobody put into
 * known_hosts by hand.
 */
export const HostKeyRefusal = z.enum(['changed', 'revoked', 'not-the-accepted', 'strict']);
export type HostKeyRefusal = z.infer<typeof HostKeyRefusal>;

/** Why a line of OpenSSH's configuration keeps a host from being opened. */
export const SshConfigRefusal = z.enum(['not-supported', 'not-evaluated', 'malformed', 'others-can-write']);
export type SshConfigRefusal = z.infer<typeof SshConfigRefusal>;

/** A line of OpenSSH's own configuration that was followed. `line` counts from 1. */
export const SshConfigLine = z.object({
  file: z.string(),
  line: z.int().positive(),
  /** As it stands there, without what is around it. */
  text: z.string(),
});
export type SshConfigLine = z.infer<typeof SshConfigLine>;

/** Where a host over SSH is reached, as whom, with what, and which lines of the configuration said so. */
export const SshConnection = z.object({
  user: z.string(),
  hostName: z.string(),
  port: z.int(),
  /** Hosts on the way there, the nearest first. */
  through: z.array(z.object({ user: z.string(), hostName: z.string(), port: z.int() })).default([]),
  /** Private keys that are there and are tried, in this order. */
  keyFiles: z.array(z.string()),
  /** Where an agent listens; absent when none is asked. */
  agent: z.string().optional(),
  /** Read for the host's key, those that are there. */
  knownHostsFiles: z.array(z.string()),
  /** Empty: no line of a configuration has a say. */
  followed: z.array(SshConfigLine),
});
export type SshConnection = z.infer<typeof SshConnection>;
