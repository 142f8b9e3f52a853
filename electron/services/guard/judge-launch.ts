import type { InspectedVolume } from '../../../shared/domain/inspection.ts';
import { judgeSights } from '../../../shared/domain/judge-policy.ts';
import type { LaunchPlan } from '../../../shared/domain/launch.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { Policy, Violation } from '../../../shared/domain/policy.ts';
import { proofOf, verdictOf } from '../../../shared/domain/visibility.ts';
import { breachWords } from '../../../shared/wording/word-violation.ts';

/** A launch that is not there yet, as a policy judges it. */
export interface JudgedLaunch {
  readonly plan: LaunchPlan;
  /** As the container will have them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly namespaces: readonly Namespace[];
}

const HOME = 'silo:0';

/** The first violation that a launch is expected to cause, by prediction; undefined: none. */
export function judgeLaunch(
  policy: Policy,
  { plan, labels, namespaces }: JudgedLaunch,
  at: string,
): Violation | undefined {
  const { name, image, isolation, kind, uncPrefix, predicted } = plan;
  const container = { id: '', name, image, isolation, labels: { ...labels }, managed: true };
  const home: Namespace = { id: HOME, kind: 'silo', label: name, container };
  const volume: InspectedVolume = {
    device: plan.mountPoint ?? name,
    // Of an unknown kind anything may be expected.
    kind: kind ?? 'network',
    home: HOME,
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    mountPoints: [],
    verdict: verdictOf(HOME, predicted),
    proof: proofOf(HOME, predicted),
    visibility: predicted,
    chain: [],
    findings: [],
  };
  const all = { takenAt: at, namespaces: [...namespaces, home], volumes: [volume] };
  const [first] = judgeSights(policy, all).violations;
  return first === undefined ? undefined : breachWords(policy, all)(first);
}
