import type { Contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { CallContext, InputOf } from '../../../shared/contract/operation.ts';
import type { Fix, Relaunch } from '../../../shared/domain/fix.ts';
import type { Finding, Inspection } from '../../../shared/domain/inspection.ts';
import type { LaunchInput } from '../../../shared/domain/launch.ts';
import type { Acceptance } from '../../../shared/domain/policy.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { type CommandChange, rewriteCommand } from '../../../shared/domain/rewrite-command.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { relaunchWords } from '../../../shared/wording/word-relaunch.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import type { Journal } from '../journal/journal.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import type { Surroundings } from '../surroundings.ts';
import { clearMountPoint } from './clear-mount-point.ts';
import type { Recipe } from './read-recipe.ts';
import type { RelaunchActs, RelaunchOrder } from './relaunch-acts.ts';

/** What fixing does is done by the operations that a user would call one after the other. */
export type FixingHandlers = Pick<ServiceHandlers, 'inspection.take' | 'fsd.start' | 'policy.read' | 'policy.save'>;

type Asked = InputOf<Contract, 'finding.fix'>;
type Told = CallContext<{ readonly note: string }>;

/**
 * Does what a finding offers: looks anew, so that the finding is true; refuses to lose a volume that was not named; and
 * looks once more at the end, whether the finding is gone.
 */
export function findingFixer(
  around: Surroundings,
  handlers: FixingHandlers,
  acts: RelaunchActs,
  journal: Pick<Journal, 'note'>,
): ServiceHandlers['finding.fix'] {
  const quiet = (context: Pick<Told, 'signal'>): CallContext<unknown> => ({
    signal: context.signal,
    progress: () => undefined,
  });
  const look = async (context: Told): Promise<Inspection> =>
    handlers['inspection.take']({ probe: false, canary: false, plainUnc: false, elevate: 'if-held' }, quiet(context));

  /** What each relaunch needs, checked while everything still runs. Rejects with the first fault. */
  const prepare = async (fix: Fix, given: Secrets, { signal }: Told): Promise<readonly RelaunchOrder[]> => {
    if (fix.relaunches.length === 0) {
      requireTaken(given, []);
      return [];
    }
    const { installDirectory } = await discoverFsd(around.host, signal);
    const prepared: RelaunchOrder[] = [];
    for (const one of fix.relaunches) {
      if (prepared.some(({ recipe }) => recipe.name === one.container)) continue;
      const recipe = await acts.readRecipe(one.container, signal);
      const command = argvFor(fix, one, recipe);
      const profile = recipe.secrets?.profileWith(command);
      const input = { ...launchInput(recipe, installDirectory), ...launchedBy(command, profile, given) };
      prepared.push({
        recipe,
        input,
        hasVolume: one.device !== undefined,
        ...(profile === undefined ? {} : { profile }),
      });
    }
    requireTaken(given, prepared);
    for (const order of prepared) await acts.requireLaunchable(order, signal);
    return prepared;
  };

  return async (asked, context) => {
    const before = await look(context);
    const finding = findingNamed(before, asked.finding);
    const fix = fixNamed(finding, asked.fix);
    const lost = requireAccepted(before, fix, asked.accept);
    const done = { finding: finding.id ?? asked.finding, fix: fix.kind, lost, launched: [] as string[] };
    if (fix.kind === 'accept') {
      const acceptance = acceptanceOf(finding, fix, asked);
      const { policy } = await handlers['policy.read']({}, quiet(context));
      const acceptances = [...(policy.acceptances ?? []), acceptance];
      await handlers['policy.save']({ policy: { ...policy, acceptances } }, quiet(context));
      return { ...done, gone: false, acceptance };
    }
    const prepared = await prepare(fix, asked.secrets ?? {}, context);
    let cleared: Awaited<ReturnType<typeof clearMountPoint>> | undefined;
    if (fix.kind === 'start-fsd') await handlers['fsd.start']({}, quiet(context));
    if (fix.mountPoint !== undefined) {
      cleared = await clearMountPoint(around, fix.mountPoint, context.signal);
    }
    for (const order of prepared) {
      const name = await acts.relaunch(order, note => context.progress({ note }), context.signal);
      context.progress({ note: relaunchWords.launched(name) });
      done.launched.push(name);
    }
    const after = await look(context);
    // A letter that could not be looked at any more is found no more either: that it is gone has to have been seen.
    const gone = cleared?.gone !== false && !after.findings.some(({ id }) => id === finding.id);
    const data = { finding: done.finding, gone, lost: lost.map(({ device }) => device), launched: done.launched };
    journal.note({ source: 'user', what: `finding.fixed-by-${fix.kind}`, subject: finding.code, data });
    return { ...done, gone, ...(cleared?.byHand === undefined ? {} : { byHand: cleared.byHand }) };
  };
}

/** By its id, or by the beginning of it where that is one finding's alone. */
function findingNamed({ findings }: Inspection, name: string): Finding {
  const wanted = name.toLowerCase();
  const exact = findings.find(({ id }) => id?.toLowerCase() === wanted);
  const begun = findings.filter(({ id }) => id?.toLowerCase().startsWith(wanted));
  const [only] = begun;
  if (exact !== undefined) return exact;
  if (only !== undefined && begun.length === 1) return only;
  const known = (begun.length > 1 ? begun : findings).flatMap(({ id }) => id ?? []);
  throw new FaultError({
    code: 'not-found',
    what: begun.length > 1 ? 'single finding' : 'finding',
    name,
    known: known.slice(0, 50),
  });
}

function fixNamed({ id = '', fixes = [] }: Finding, kind: Asked['fix']): Fix {
  const found = fixes.find(fix => fix.kind === kind);
  if (found !== undefined) return found;
  throw new FaultError({ code: 'not-found', what: `fix of ${id}`, name: kind, known: fixes.map(fix => fix.kind) });
}

/** Every volume that goes away must have been named, and no other: an older list is no consent. */
function requireAccepted({ volumes }: Inspection, fix: Fix, accept: readonly string[]): Volume[] {
  const atStake = fix.relaunches.flatMap(({ device }) => device ?? []);
  const issues = [
    ...atStake
      .filter(device => !accept.includes(device))
      .map(device => ({ path: 'accept', message: `${device} would be lost and is not named` })),
    ...accept.flatMap((device, at) =>
      atStake.includes(device) ? [] : [{ path: `accept.${at}`, message: `${device} is not at stake` }],
    ),
  ];
  if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
  return volumes.flatMap(({ device, kind, home, mountPoints, uncPrefix }) =>
    atStake.includes(device)
      ? [{ device, kind, home, mountPoints, ...(uncPrefix === undefined ? {} : { uncPrefix }) }]
      : [],
  );
}

function argvFor(fix: Fix, { uncPrefix }: Relaunch, { name, secrets, argv: own }: Recipe): readonly string[] {
  const argv = secrets?.argv ?? own;
  if (fix.kind === 'process-isolation') return argv;
  const change: CommandChange | undefined =
    fix.kind === 'relaunch-as-disk'
      ? { to: 'disk' }
      : fix.kind === 'read-only'
        ? { to: 'read-only' }
        : uncPrefix === undefined
          ? undefined
          : { to: 'prefix', uncPrefix };
  const rewritten = change === undefined ? undefined : rewriteCommand(argv, change);
  if (rewritten !== undefined) return rewritten;
  const message = `The command line of ${name} is not as it was inspected: it cannot be rewritten.`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path: 'fix', message }] });
}

type Secrets = NonNullable<Asked['secrets']>;

/** By its command line, or by its profile where that brings secrets; of those given, the ones it takes. */
function launchedBy(command: readonly string[], profile: Profile | undefined, given: Secrets): Partial<LaunchInput> {
  if (profile === undefined) return { command: [...command] };
  const names = new Set(profile.secrets?.map(({ name }) => name));
  return {
    profile: profile.name,
    secrets: Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name))),
  };
}

/** A secret that nothing takes was meant for something else. */
function requireTaken(given: Secrets, orders: readonly RelaunchOrder[]): void {
  const taken = new Set(orders.flatMap(({ input }) => Object.keys(input.secrets ?? {})));
  const issues = Object.keys(given).flatMap(name =>
    taken.has(name)
      ? []
      : [{ path: `secrets.${name}`, message: 'Nothing that is relaunched was given a secret of that name.' }],
  );
  if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
}

/** The same container, but for what it runs. WinFsp's directory is bound by the launch itself. */
function launchInput({ name, image, environment, binds, labels }: Recipe, winfsp: string | undefined): LaunchInput {
  const own = Object.entries(labels).filter(([key]) => !key.startsWith('dev.siloscope.'));
  return {
    name,
    image,
    isolation: 'process' as const,
    environment,
    labels: Object.fromEntries(own),
    binds: binds.filter(bind => winfsp === undefined || !isWinFspBind(bind, winfsp)),
    pull: 'never' as const,
    startFsd: true,
    waitMs: 20_000,
  };
}

/** The very bind that a launch adds: the installation directory, under its own path. */
function isWinFspBind(bind: string, winfsp: string): boolean {
  const [, source = '', target = ''] = /^([A-Za-z]:[^:]*):([A-Za-z]:[^:]*)(?::r[ow])?$/i.exec(bind) ?? [];
  const wanted = plainDirectory(winfsp);
  return plainDirectory(source) === wanted && plainDirectory(target) === wanted;
}

const plainDirectory = (path: string): string => path.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase();

function acceptanceOf({ code }: Finding, { accepts = {} }: Fix, { reason, until }: Asked): Acceptance {
  const missing = [
    ...(reason === undefined ? [{ path: 'reason', message: 'An acceptance says why.' }] : []),
    ...(until === undefined ? [{ path: 'until', message: 'An acceptance ends: on a day, YYYY-MM-DD.' }] : []),
  ];
  if (reason === undefined || until === undefined) throw new FaultError({ code: 'invalid-input', issues: missing });
  return { code, ...accepts, seenFrom: 'anywhere', reason, until };
}
