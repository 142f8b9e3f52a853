import { z } from 'zod';
import { Elevate } from '../domain/elevation.ts';
import { EvidenceStep, EvidenceStepCode } from '../domain/evidence.ts';
import { FixKind } from '../domain/fix.ts';
import { GuardMode, GuardState, GuardStatus } from '../domain/guard.ts';
import { Gap, Inspection, Visibility } from '../domain/inspection.ts';
import { IsolationProgress, IsolationTable } from '../domain/isolation-test.ts';
import { LaunchInput } from '../domain/launch.ts';
import { NamespaceId } from '../domain/namespace.ts';
import { FoundObject, ObjectListing, SearchProgress, UnseenDirectory } from '../domain/object-entry.ts';
import { TravellingInspection } from '../domain/packed-inspection.ts';
import { Acceptance, Judgement, Policy } from '../domain/policy.ts';
import { Volume } from '../domain/volume.ts';
import { nothing } from './nothing.ts';
import { command, query } from './operation.ts';

/** Who sees what, and what is done about it. */
export const visibilityOperations = {
  'inspection.take': query(
    z.object({
      /** Open each volume from every namespace, provider-directed, with a hard timeout. */
      probe: z.boolean().default(false),
      /** Write a random token inside each network volume, read it back from outside, delete it. */
      canary: z.boolean().default(false),
      /** Also open the plain UNC name (may touch the network). */
      plainUnc: z.boolean().default(false),
      /** Look into `\\Silos` and ask HCS as an administrator. */
      elevate: Elevate.default('no'),
    }),
    TravellingInspection,
  ),
  /**
   * One volume, opened from one namespace or from all, with a token if asked; `plainUnc` may touch the network. `gaps`:
   * what could not be done, such as a token in a read-only volume. With `step` the chain holds that step alone.
   */
  'volume.look': query(
    z.object({
      device: z.string().min(1),
      namespace: NamespaceId.optional(),
      canary: z.boolean().default(false),
      plainUnc: z.boolean().default(false),
      /** Only this link of its chain of evidence, anew: nothing is opened or written that it does not need. */
      step: EvidenceStepCode.optional(),
    }),
    z.object({ cells: z.array(Visibility), chain: z.array(EvidenceStep), gaps: z.array(Gap) }),
  ),
  /**
   * Does what a finding of the last inspection offers. `accept`: devices of the volumes that go away by it, each of them
   * and no other. `reason` and `until` are for `accept`: they go into the policy. `secrets`: values for what is relaunched,
   * by name, before those that are kept. Answers whether the finding is gone.
   */
  'finding.fix': command(
    z.object({
      finding: z.string().min(1).max(400),
      fix: FixKind,
      accept: z.array(z.string()).default([]),
      reason: Acceptance.shape.reason.optional(),
      until: Acceptance.shape.until.optional(),
      secrets: LaunchInput.shape.secrets,
    }),
    z.object({
      finding: z.string(),
      fix: FixKind,
      /** Softened findings stay, and so does what only another can do. */
      gone: z.boolean(),
      lost: z.array(Volume),
      launched: z.array(z.string()),
      acceptance: Acceptance.optional(),
      /** What has to be run by hand, where this host cannot do it from here. */
      byHand: z.string().optional(),
    }),
    z.object({ note: z.string() }),
  ),
  'policy.judge': query(z.object({ policy: Policy, inspection: Inspection }), Judgement),
  /** The guards that watch a policy at present: that of the settings, and those of clients. */
  'guard.read': query(nothing, GuardStatus),
  /**
   * Watches a policy for as long as this call lives; an abort ends it. Each change is told whole. `probe`: opens what is
   * expected to violate it; the mode `stop` always does.
   */
  'policy.watch': command(
    z.object({
      policy: Policy,
      mode: GuardMode.default('observe'),
      probe: z.boolean().default(false),
      includeRunning: z.boolean().default(false),
    }),
    GuardState,
    GuardState,
  ),
  /** A directory of the host's namespace or of a silo's. `at`: as it was last seen at that time; `earlier` tells which are kept. */
  'namespace.list': query(
    z.object({
      path: z.string().min(1),
      in: z.string().optional(),
      at: z.string().optional(),
      elevate: Elevate.default('no'),
    }),
    ObjectListing,
  ),
  /** Who exposes a name: every namespace is walked, or one, within bounds. An abort ends it at once. */
  'namespace.find': command(
    z.object({
      /** With `*` and `?`; case does not count. */
      name: z.string().min(1).max(200),
      in: z.string().optional(),
      under: z.string().min(1).default('\\'),
      most: z.int().min(1).max(10_000).default(1_000),
      elevate: Elevate.default('no'),
    }),
    z.object({
      found: z.array(FoundObject),
      unseen: z.array(UnseenDirectory),
      directories: z.int(),
      namespaces: z.int(),
      capped: z.boolean(),
    }),
    SearchProgress,
  ),
  /**
   * Launches a network and a disk file system with a token each, tries every way into them, and removes both again, an
   * abort included. `plainUnc`: also by the plain UNC name, which may go out on the network. The table is kept.
   */
  'isolation.test': command(
    z.object({ image: z.string().min(1).optional(), plainUnc: z.boolean().default(false) }),
    IsolationTable,
    IsolationProgress,
  ),
  /** What such tests found, oldest first: on real hosts, or on a simulated host those of simulations. */
  'isolation.history': query(nothing, z.object({ tables: z.array(IsolationTable) })),
} as const;
