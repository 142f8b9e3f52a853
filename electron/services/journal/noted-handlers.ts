import { createHash } from 'node:crypto';
import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import type { CallContext } from '../../../shared/contract/operation.ts';
import { isPredicted } from '../../../shared/domain/evidence.ts';
import { countLeaks } from '../../../shared/domain/expected-verdict.ts';
import type { Finding, Inspection, Visibility } from '../../../shared/domain/inspection.ts';
import type { JournalNote } from '../../../shared/domain/journal.ts';
import { keptChain } from '../../../shared/domain/known-chain.ts';
import { groupCells } from '../../../shared/domain/sight-groups.ts';
import type { HostHandlers } from '../service-handlers.ts';
import type { Journal } from './journal.ts';

/** Orders whose end is told as it is, by the name of what was done: `image.pulled`, or `image.pull-failed`. */
type Told = 'image.pull' | 'image.remove' | 'image.prune' | 'fsd.start';

/** The same handlers; what was ordered, and what tests found, goes into the journal as well. */
export function notedHandlers(handlers: HostHandlers, journal: Journal): HostHandlers {
  const user = (what: string, subject: string, data?: JournalNote['data']): void =>
    journal.note({ source: 'user', what, subject, ...(data === undefined ? {} : { data }) });
  /** Tells of the end of an order, good or bad. A person who cancels knows. */
  const told = async <T>(
    name: Told,
    subject: string,
    done: string,
    work: Promise<T> | T,
    data?: (made: T) => object,
  ) => {
    try {
      const made = await work;
      user(done, subject, data === undefined ? undefined : { ...data(made) });
      return made;
    } catch (error) {
      const { code }: Fault = faultOf(error);
      if (code !== 'cancelled') user(`${name}-failed`, subject, { code });
      throw error;
    }
  };
  return {
    ...handlers,
    'fsd.start': (input, context) =>
      told('fsd.start', 'WinFsp', 'fsd.start-ordered', handlers['fsd.start'](input, context)),
    'image.pull': (input, context) =>
      told('image.pull', input.reference, 'image.pull-done', handlers['image.pull'](input, context)),
    'image.remove': (input, context) =>
      told('image.remove', input.reference, 'image.remove-done', handlers['image.remove'](input, context)),
    'image.prune': (input, context) =>
      told(
        'image.prune',
        'images',
        'image.prune-done',
        handlers['image.prune'](input, context),
        ({ images, bytes }) => ({
          images: images.filter(({ outcome }) => outcome === 'removed').length,
          bytes,
        }),
      ),
    async 'settings.write'(input, context) {
      const written = await handlers['settings.write'](input, context);
      user('settings.changed', 'settings', { changed: Object.keys(input) });
      return written;
    },
    async 'profile.save'(input, context) {
      const saved = await handlers['profile.save'](input, context);
      user('profile.saved', input.profile.name);
      return saved;
    },
    async 'profile.import'(input, context) {
      const saved = await handlers['profile.import'](input, context);
      for (const { name } of saved.profiles) user('profile.saved', name);
      return saved;
    },
    async 'profile.remove'(input, context) {
      const removed = await handlers['profile.remove'](input, context);
      user('profile.removed', input.name);
      return removed;
    },
    async 'secret.set'(input, context) {
      const row = await handlers['secret.set'](input, context);
      user('secret.set', input.name, { state: row.state });
      return row;
    },
    async 'secret.forget'(input, context) {
      const gone = await handlers['secret.forget'](input, context);
      user('secret.forgotten', input.name);
      return gone;
    },
    async 'policy.save'(input, context) {
      const saved = await handlers['policy.save'](input, context);
      user('policy.saved', input.policy.name, { rules: input.policy.rules.length });
      return saved;
    },
    async 'inspection.take'(input, context: CallContext) {
      // What was known before must be recalled first: what is gone since then is told by the first look.
      await journal.known();
      const inspection = await handlers['inspection.take'](input, context);
      const depth = (['probe', 'canary', 'plainUnc'] as const).filter(way => input[way]);
      await noteFindings(journal, inspection);
      // Screens look again whenever something changes: a look that opens nothing is no deed.
      if (depth.length === 0) return inspection;
      const { volumes, gaps } = inspection;
      user('inspection.taken', 'all volumes', {
        depth,
        volumes: volumes.length,
        ...countLeaks(volumes),
        gaps: gaps.length,
      });
      for (const { device, home, uncPrefix, mountPoints, visibility, chain } of volumes) {
        noteTested(journal, device, groupCells(visibility, isObserved), {
          namespace: home,
          ...(uncPrefix === undefined ? {} : { uncPrefix }),
          mountPoints,
          chain: keptChain(chain),
        });
      }
      return inspection;
    },
    async 'volume.look'(input, context: CallContext) {
      const looked = await handlers['volume.look'](input, context);
      user('volume.looked-at', input.device, {
        from: input.namespace ?? 'everywhere',
        canary: input.canary,
        plainUnc: input.plainUnc,
        visible: looked.cells.filter(({ visible, evidence }) => visible === 'yes' && !isPredicted(evidence)).length,
      });
      // Some places say nothing of the others: the moment keeps what was known of them.
      const isPartial = input.namespace !== undefined || input.step !== undefined;
      const chain = keptChain(looked.chain);
      const groups = groupCells(looked.cells, isObserved);
      if (groups.length + chain.length > 0) {
        const data = { ...(isPartial ? { partial: true } : {}), chain, groups };
        journal.note({ source: 'inspection', what: 'volume.tested', subject: input.device, data });
      }
      return looked;
    },
  };
}

/** What was looked at, and not only predicted; what gave no answer; and where a name was tried that led nowhere. */
function isObserved({ evidence, visible, refuted = [] }: Visibility): boolean {
  return visible === 'unknown' || refuted.length > 0 || !isPredicted(evidence);
}

function noteTested(
  journal: Journal,
  device: string,
  groups: ReturnType<typeof groupCells>,
  more: Readonly<Record<string, unknown>>,
): void {
  if (groups.length === 0) return;
  journal.note({ source: 'inspection', what: 'volume.tested', subject: device, data: { ...more, groups } });
}

async function noteFindings(journal: Journal, { findings, volumes, gaps }: Inspection): Promise<void> {
  const known = await journal.known();
  const before = new Map(known.findings.map(finding => [finding.key, finding]));
  const now = new Map(findings.map(finding => [keyOf(finding), finding]));
  for (const [key, { code, severity, summary, volumes: about, namespaces }] of now) {
    if (before.has(key)) continue;
    journal.note({
      source: 'inspection',
      what: 'finding.opened',
      subject: code,
      data: { key, code, severity, summary, volumes: about.slice(0, MOST), namespaces: namespaces.slice(0, MOST) },
    });
  }
  const there = new Set([...known.volumes, ...volumes].map(({ device }) => device));
  for (const [key, { code, severity, volumes: about = [] }] of before) {
    if (now.has(key)) continue;
    // Where something could not be asked, what is not found any more is known to be over only with all that it was about.
    const isBereft = about.length > 0 && about.length < MOST && about.every(device => !there.has(device));
    if (gaps.length > 0 && !isBereft) continue;
    journal.note({ source: 'inspection', what: 'finding.closed', subject: code, data: { key, code, severity } });
  }
}

const MOST = 50;

/** One and the same finding from look to look: by what it is about, not by its words. */
function keyOf({ id, code, volumes, namespaces }: Finding): string {
  if (id !== undefined) return id;
  const about = JSON.stringify([[...volumes].sort(), [...namespaces].sort()]);
  return `${code}:${createHash('sha256').update(about).digest('hex').slice(0, 12)}`;
}
