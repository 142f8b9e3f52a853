import type { EvidenceStep } from './evidence.ts';
import { type ChainHolder, chainCodes } from './evidence-chain.ts';

/** Raw answers are kept so long: the beginning tells what was asked and what came back. */
const LONGEST_DETAIL = 300;

/** A chain as it is written down: the steps that were tested. What was asked and answered is cut, times are whole milliseconds. */
export function keptChain(chain: readonly EvidenceStep[]): EvidenceStep[] {
  return chain.flatMap((step): EvidenceStep[] => {
    if (step.holds === 'not-tested') return [];
    const { detail, elapsedMs, ...evidence } = step.evidence;
    return [
      {
        ...step,
        evidence: {
          ...evidence,
          ...(elapsedMs === undefined ? {} : { elapsedMs: Math.round(elapsedMs) }),
          ...(detail === undefined ? {} : { detail: cut(detail) }),
        },
      },
    ];
  });
}

function cut(text: string): string {
  return text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text;
}

/** What is seen without opening anything: of that every look tells. */
export function seenInPassing(chain: readonly EvidenceStep[]): EvidenceStep[] {
  return chain.filter(({ tried }) => tried === undefined);
}

/**
 * What is known after another look: a step that was looked at again says what was seen last. Who could not look takes
 * nothing back, and neither does a look that is merely consistent with what was seen to hold.
 */
export function mergeChains(known: readonly EvidenceStep[] | undefined, told: readonly EvidenceStep[]): EvidenceStep[] {
  const steps = new Map((known ?? []).map(step => [step.code, step]));
  for (const step of keptChain(told)) {
    const before = steps.get(step.code);
    if (step.holds === 'consistent' && before?.holds === 'yes') continue;
    steps.set(step.code, step);
  }
  return [...steps.values()];
}

/** Whether a look tells something of the steps that was not known; the times of looks are not. */
export function tellsMore(known: readonly EvidenceStep[] | undefined, told: readonly EvidenceStep[]): boolean {
  return known === undefined || markOf(known) !== markOf(mergeChains(known, told));
}

function markOf(chain: readonly EvidenceStep[]): string {
  const marks = keptChain(chain).map(({ code, holds, guidFrom, tried, evidence: { rank, detail } }) => {
    // How many other namespaces were read, and how many tried to open it, changes with each that comes.
    const said = code === 'in-no-other-namespace' || tried !== undefined ? undefined : detail;
    return JSON.stringify([code, holds, guidFrom, rank, tried?.from, tried?.by, tried?.winfsp, said]);
  });
  return marks.sort().join();
}

/** The chain as it is told, in its order: what is not among the kept steps was not tested. */
export function wholeChain(holder: ChainHolder, kept: readonly EvidenceStep[]): EvidenceStep[] {
  const steps = new Map(kept.map(step => [step.code, step]));
  return chainCodes(holder).map(
    (code): EvidenceStep =>
      steps.get(code) ?? { code, holds: 'not-tested', evidence: { rank: 'not-tested', ground: 'inferred' } },
  );
}
