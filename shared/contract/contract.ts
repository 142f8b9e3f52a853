import { z } from 'zod';
import { Bundle } from '../domain/bundle.ts';
import { Elevate, ElevationState } from '../domain/elevation.ts';
import { EvidenceStep, EvidenceStepCode } from '../domain/evidence.ts';
import { FixKind } from '../domain/fix.ts';
import { GuardMode, GuardState, GuardStatus } from '../domain/guard.ts';
import { HostChoice } from '../domain/host-choice.ts';
import { HostFacts, HostId } from '../domain/host-facts.ts';
import { ImagePrunePlan, PrunedImage, PruneScope } from '../domain/image-prune.ts';
import { BuildProgress, BuiltImage, ImageRecipe, RecipePlan } from '../domain/image-recipe.ts';
import { ImageRow } from '../domain/image-row.ts';
import { Gap, Inspection, Visibility } from '../domain/inspection.ts';
import { IsolationProgress, IsolationTable } from '../domain/isolation-test.ts';
import { JournalEntry, JournalFilter, JournalPage } from '../domain/journal.ts';
import { JournalMoment } from '../domain/journal-moment.ts';
import { KeptContainer, UnwrittenCopy } from '../domain/kept-container.ts';
import {
  Launched,
  LaunchInput,
  LaunchPlan,
  LaunchProgress,
  PullProgress,
  RunningFileSystem,
  Unwritten,
} from '../domain/launch.ts';
import { LogFilter, LogLine } from '../domain/log-line.ts';
import { LogPiece } from '../domain/log-piece.ts';
import { MupEvidence } from '../domain/mup-evidence.ts';
import { NamespaceId } from '../domain/namespace.ts';
import { FoundObject, ObjectListing, SearchProgress, UnseenDirectory } from '../domain/object-entry.ts';
import { TravellingInspection } from '../domain/packed-inspection.ts';
import { Acceptance, Judgement, Policy } from '../domain/policy.ts';
import { Profile } from '../domain/profile.ts';
import { SecretName } from '../domain/profile-secret.ts';
import { EngineState, Fsd, ReadinessCheck } from '../domain/readiness.ts';
import { RecentLaunch } from '../domain/recent-launch.ts';
import { Recording } from '../domain/recording.ts';
import { BrokenRelaunch, RelaunchWay } from '../domain/relaunch.ts';
import { RowsChanged } from '../domain/rows-changed.ts';
import { SecretMasking } from '../domain/secret-masking.ts';
import { SecretList, SecretRow } from '../domain/secret-store.ts';
import { ListedProfile, Settings, SettingsNotice, SettingsPatch } from '../domain/settings.ts';
import { SightsChanged } from '../domain/sights-changed.ts';
import { HostKeyFingerprint, SshConnection } from '../domain/ssh-connection.ts';
import { Volume } from '../domain/volume.ts';
import { NotCaptured, Workspace } from '../domain/workspace.ts';
import { Fault } from './fault-schema.ts';
import { command, news, query } from './operation.ts';
import { WorkspaceStatus } from './workspace-status.ts';

const nothing = z.object({});
const terminalId = z.uuid();
const terminalSize = { rows: z.int().min(1).max(1_000), columns: z.int().min(1).max(1_000) };

const Snapshot = z.object({
  /** Of the last news that it holds. */
  revision: z.int(),
  host: z.object({ id: HostId, facts: HostFacts, simulated: z.boolean(), scenario: z.string().optional() }),
  fsd: Fsd,
  engine: EngineState,
  /** What runs. */
  fileSystems: z.array(RunningFileSystem),
});

/** Everything the services do, for window, web page and command line alike. */
export const contract = {
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
  'image.list': query(nothing, z.object({ images: z.array(ImageRow) })),
  'image.pull': command(z.object({ reference: z.string().min(1) }), ImageRow, PullProgress),
  /** Takes a name away, and the image with its last one. Never by force. */
  'image.remove': command(
    z.object({ reference: z.string().min(1) }),
    z.object({ untagged: z.array(z.string()), deleted: z.array(z.string()) }),
    nothing,
  ),
  /** What a prune would remove, what it would keep and why. */
  'image.prune.plan': query(z.object({ scope: PruneScope.default('unused') }), ImagePrunePlan),
  /** Removes the images of a plan, by id; what came into use since then is kept. */
  'image.prune': command(
    z.object({ images: z.array(z.string().min(1)) }),
    z.object({ images: z.array(PrunedImage), bytes: z.number() }),
    PrunedImage,
  ),
  /** What a build by a profile's recipe, or by an edited one, would do: base image, files with their sizes, objections. */
  'image.recipe': query(
    z.object({
      profile: z.string().min(1).optional(),
      recipe: ImageRecipe.optional(),
      /** In the place of the base image that fits the host. */
      base: z.string().min(1).optional(),
      tag: z.string().min(1).optional(),
    }),
    RecipePlan,
  ),
  /** Builds it through the engine. Whatever ends it early, an abort included, leaves no image and no container behind. */
  'image.build': command(
    z.object({
      profile: z.string().min(1).optional(),
      recipe: ImageRecipe.optional(),
      base: z.string().min(1).optional(),
      tag: z.string().min(1).optional(),
      useCache: z.boolean().default(true),
    }),
    BuiltImage,
    BuildProgress,
  ),
  /** Built-in profiles first, then the user's own. */
  'profile.list': query(nothing, z.object({ profiles: z.array(ListedProfile) })),
  /** Keeps a profile of the user's own, or replaces the one of that name. */
  'profile.save': command(z.object({ profile: Profile }), ListedProfile, nothing),
  /** Keeps many at once, or none; those of these names are replaced. What is taken is decided before. */
  'profile.import': command(
    z.object({ profiles: z.array(Profile).min(1).max(200) }),
    z.object({ profiles: z.array(ListedProfile) }),
    nothing,
  ),
  'profile.remove': command(z.object({ name: z.string().min(1) }), z.object({ name: z.string() }), nothing),
  /** What was launched lately by a profile, newest first. */
  'recent.list': query(nothing, z.object({ launches: z.array(RecentLaunch) })),
  /** Names of secrets, where they are kept and who takes them. No operation answers a value. */
  'secret.list': query(nothing, SecretList),
  /** Keeps a value, or replaces it. `onlySealed`: rejects with `secret-store-unavailable` where there is only memory. */
  'secret.set': command(
    z.object({ name: SecretName, value: z.string().min(1).max(65_536), onlySealed: z.boolean().default(false) }),
    SecretRow,
    nothing,
  ),
  'secret.forget': command(z.object({ name: SecretName }), z.object({ name: SecretName }), nothing),
  /** Which secrets would be shown if a program printed them: of all, or those that one container was given. */
  'secret.masking': query(z.object({ container: z.string().min(1).optional() }), SecretMasking),
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
   * All logs on one clock: of the app, the engine, the driver, the file systems, and what was ordered and found. First the
   * last lines, in the order of their time; with `follow` each that comes, until an abort.
   */
  'log.follow': command(
    z.object({
      follow: z.boolean().default(false),
      /** So many lines of the past, all logs together. */
      tail: z.int().nonnegative().max(20_000).default(1_000),
      filter: LogFilter.optional(),
    }),
    z.object({ lines: z.int().nonnegative() }),
    z.object({ lines: z.array(LogLine) }),
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
  'policy.judge': query(z.object({ policy: Policy, inspection: Inspection }), Judgement),
  /** The user's policy, or the built-in one that allows no leak. */
  'policy.read': query(nothing, z.object({ policy: Policy, origin: z.enum(['built-in', 'user']) })),
  'policy.save': command(z.object({ policy: Policy }), z.object({ policy: Policy }), nothing),
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
  /** `folder`: where they are kept; absent: nowhere, they end with the process. */
  /** Ended containers that are kept, as they may hold what their programs did not write; with what can be known of it. */
  'unwritten.list': query(nothing, z.object({ containers: z.array(KeptContainer) })),
  /** What one of them holds, as a zip archive. */
  'unwritten.copy': command(z.object({ container: z.string().min(1) }), UnwrittenCopy, nothing),
  /** Removes one, and with it what it holds. */
  'unwritten.remove': command(z.object({ container: z.string().min(1) }), z.object({ container: z.string() }), nothing),
  /** The user's workspaces, as they are on this host. `look`: each container is asked now, and not only remembered. */
  'workspace.list': query(
    z.object({ look: z.boolean().default(false) }),
    z.object({ workspaces: z.array(WorkspaceStatus) }),
  ),
  'workspace.save': command(z.object({ workspace: Workspace }), WorkspaceStatus, nothing),
  /** Its containers go on. */
  'workspace.remove': command(z.object({ name: z.string().min(1) }), z.object({ name: z.string() }), nothing),
  /** What runs now, made into a workspace; `left`: what cannot be taken up, and why. Saves nothing. */
  'workspace.capture': query(
    z.object({ name: z.string().min(1) }),
    z.object({ workspace: Workspace.optional(), left: z.array(NotCaptured) }),
  ),
  /** Launches what is not there, in order, and keeps it running. Answers when every item has come to rest. */
  'workspace.start': command(z.object({ name: z.string().min(1) }), WorkspaceStatus, WorkspaceStatus),
  /** Stops its containers, the last one first, and keeps it no longer. `left`: what did not stop. */
  'workspace.stop': command(
    z.object({ name: z.string().min(1), force: z.boolean().default(false) }),
    z.object({ stopped: z.array(z.string()), left: z.array(z.object({ name: z.string(), fault: Fault })) }),
    z.object({ note: z.string() }),
  ),
  'settings.read': query(
    nothing,
    z.object({ settings: Settings, notices: z.array(SettingsNotice), folder: z.string().optional() }),
  ),
  'settings.write': command(SettingsPatch, Settings, nothing),
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
   * Lines above `after`, oldest first, or the ones nearest below `before`. A search looks through a bounded number of
   * lines: `next` says where to go on.
   */
  'journal.read': query(
    z.object({
      after: z.int().nonnegative().default(0),
      before: z.int().positive().optional(),
      limit: z.int().positive().max(10_000).default(1_000),
      filter: JournalFilter.optional(),
    }),
    JournalPage,
  ),
  /** What was there at a time (the last line not later than it), or after a line; without either, now. */
  'journal.moment': query(
    z.object({ at: z.iso.datetime({ offset: true }).optional(), sequence: z.int().nonnegative().optional() }),
    JournalMoment,
  ),

  /**
   * Revisions follow each other by one: who misses one takes a new snapshot. `fileSystems`: what became of the list, ended
   * ones included; `sights`: what became of namespaces and volumes, by which a matrix can be brought up to date. Absent: that
   * is to be asked.
   */
  'snapshot.changed': news(
    z.object({
      revision: z.int(),
      what: z.enum(['fsd', 'engine', 'containers', 'images', 'host']),
      fileSystems: RowsChanged.optional(),
      sights: SightsChanged.optional(),
    }),
  ),
  'journal.appended': news(JournalEntry),
  'host.lost': news(Fault),
  /** Another host was opened: all that was known is of the old one. Its revision goes on from there. */
  'host.changed': news(z.object({ id: HostId, scenario: z.string().optional() })),
  'guard.changed': news(GuardStatus),
  'workspace.changed': news(WorkspaceStatus),
  'settings.changed': news(z.object({ what: z.enum(['settings', 'profiles', 'policy', 'secrets', 'recent']) })),
} as const;
export type Contract = typeof contract;
