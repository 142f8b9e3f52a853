import { composeDockerRun, dockerRunOf } from '../../../shared/domain/docker-run.ts';
import type { LaunchInput, LaunchPlan } from '../../../shared/domain/launch.ts';
import { HOST_NAMESPACE, type Namespace } from '../../../shared/domain/namespace.ts';
import { withVariables } from '../../../shared/domain/profiles.ts';
import { maskDockerRun } from '../../../shared/domain/secrets.ts';
import { predictVisibility } from '../../../shared/domain/visibility.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { ownLabels } from './launch.ts';
import type { Preflight } from './preflight.ts';

/** What a launch will do, in the plan's own words: the container, its command, and who will see the volume. */
export function planLaunch(input: LaunchInput, ready: Preflight): LaunchPlan {
  const { command } = ready;
  const run = {
    name: ready.name,
    image: ready.image.reference,
    isolation: 'process' as const,
    command: [...command.argv],
    binds: [...ready.binds],
  };
  const world = { volumes: takenVolumes(ready), namespaces: ready.namespaces };
  const wish = {
    kind: command.kind,
    isolation: run.isolation,
    ...(command.uncPrefix === undefined ? {} : { uncPrefix: command.uncPrefix }),
  };
  return {
    ...run,
    kind: command.kind,
    ...(Object.keys(command.environment).length === 0 ? {} : { environment: { ...command.environment } }),
    ...(command.mountPoint === undefined ? {} : { mountPoint: command.mountPoint }),
    ...(command.uncPrefix === undefined ? {} : { uncPrefix: command.uncPrefix }),
    dockerRun: composeDockerRun(
      maskDockerRun(
        dockerRunOf({
          ...run,
          environment: withVariables(command.environment, input.environment),
          labels: plannedContainer(input, ready).labels,
        }),
      ),
    ),
    predicted: predictVisibility(wish, world),
    warnings: [...ready.warnings],
  };
}

/** The labels that its container will have, and the namespaces around it: what else a policy judges a plan by. */
export function plannedContainer(
  input: LaunchInput,
  ready: Preflight,
): { readonly labels: Readonly<Record<string, string>>; readonly namespaces: readonly Namespace[] } {
  return { labels: { ...input.labels, ...ownLabels(ready) }, namespaces: ready.namespaces };
}

/** Of those who have a prefix already nothing else matters to a prediction. */
function takenVolumes({ taken, namespaces }: Preflight): Volume[] {
  const byLabel = new Map(namespaces.map(({ label, id }) => [label, id]));
  return taken.map(({ uncPrefix, by }) => ({
    device: '',
    kind: 'network',
    home: byLabel.get(by) ?? HOST_NAMESPACE,
    uncPrefix,
    mountPoints: [],
  }));
}
