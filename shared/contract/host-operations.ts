import { z } from 'zod';
import { Bundle } from '../domain/bundle.ts';
import { Elevate, ElevationState } from '../domain/elevation.ts';
import { HostChoice } from '../domain/host-choice.ts';
import { HostFacts, HostId } from '../domain/host-facts.ts';
import { RunningFileSystem } from '../domain/launch.ts';
import { MupEvidence } from '../domain/mup-evidence.ts';
import { EngineState, Fsd, ReadinessCheck } from '../domain/readiness.ts';
import { Recording } from '../domain/recording.ts';
import { HostKeyFingerprint, SshConnection } from '../domain/ssh-connection.ts';
import { Volume } from '../domain/volume.ts';
import { nothing } from './nothing.ts';
import { command, query } from './operation.ts';

const Snapshot = z.object({
  /** Of the last news that it holds. */
  revision: z.int(),
  host: z.object({ id: HostId, facts: HostFacts, simulated: z.boolean(), scenario: z.string().optional() }),
  fsd: Fsd,
  engine: EngineState,
  /** What runs. */
  fileSystems: z.array(RunningFileSystem),
});

/** The host, its FSD and its engine. */
export const hostOperations = {
  /** Host, FSD and engine as they are now. */
  'snapshot.take': query(nothing, Snapshot),
  /** The hosts that can be opened in the place of the present one: simulated ones that come along, and real ones. */
  'host.list': query(nothing, z.object({ hosts: z.array(HostChoice) })),
  /**
   * Opens another host for all clients. What runs on the old one is cancelled; when this fails, the old one stays.
   * `hostKey`: of an SSH host whose key is not known (`host-key-unknown`), the fingerprint that the user accepted.
   */
  'host.open': command(
    z.object({ id: HostId, scenario: z.string().min(1).max(200).optional(), hostKey: HostKeyFingerprint.optional() }),
    Snapshot,
    nothing,
  ),
  /** Asks what is known to be harmless and answers all of it, redacted. Takes some seconds on a real host. */
  'host.record': query(z.object({ elevate: Elevate.default('no') }), Recording),
  /**
   * What helps others to help, redacted: report, recording, settings and the app's own log. Nothing is probed or written.
   * `siloscope`: the version of the one who asks.
   */
  'bundle.gather': query(z.object({ siloscope: z.string().max(100) }), Bundle),
  /** Asks the MUP itself, by undocumented calls: evidence for a person. `not-found` where this host's cannot be asked. */
  'mup.read': query(nothing, MupEvidence),
  /** Whether an administrator's rights are held, or can be asked for. Asks nobody. */
  'elevation.read': query(nothing, ElevationState),
  /** `ssh`: how the host is reached, where it is by SSH. */
  'readiness.check': query(
    nothing,
    z.object({ ready: z.boolean(), checks: z.array(ReadinessCheck), ssh: SshConnection.optional() }),
  ),
  'fsd.start': command(nothing, Fsd, nothing),
  /** Drops every volume in every silo: `accept` must name each volume that will be lost, as `inspection.take` lists them. */
  'fsd.unload': command(
    z.object({ accept: z.array(z.string()), elevate: z.boolean().default(false) }),
    z.object({ lost: z.array(Volume) }),
    nothing,
  ),
  /** Starts Docker's service and waits for the engine. `elevate`: asks the user for an administrator. */
  'engine.start': command(z.object({ elevate: z.boolean().default(false) }), EngineState, nothing),
} as const;
