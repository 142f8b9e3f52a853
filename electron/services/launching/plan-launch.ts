import { composeDockerRun, dockerRunOf } from '../../../shared/domain/docker-run.ts';
import { withVariables } from '../../../shared/domain/fill-profile.ts';
import type { LaunchInput, LaunchPlan } from '../../../shared/domain/launch.ts';
import { HOST_NAMESPACE, type Namespace } from '../../../shared/domain/namespace.ts';
import { predictLaunch } from '../../../shared/domain/predict-launch.ts';
import { SECRET_LABELS } from '../../../shared/domain/secret-labels.ts';
import { maskDockerRun } from '../../../shared/domain/secrets.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { wordLaunchWarning } from '../../../shared/wording/word-launch-warning.ts';
import { ownLabels } from './own-labels.ts';
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
  const servers = ready.taken.flatMap(({ uncPrefix, isServer }) => (isServer === true ? [uncPrefix] : []));
  const world = { volumes: takenVolumes(ready), namespaces: ready.namespaces, servers };
  const wish = {
    ...(command.kind === undefined ? {} : { kind: command.kind }),
    isolation: run.isolation,
    ...(command.uncPrefix === undefined ? {} : { uncPrefix: command.uncPrefix }),
  };
  const { predicted, touched, freePrefix } = predictLaunch(wish, world);
  const labels = new Map(ready.namespaces.map(({ id, label }) => [id, label]));
  return {
    ...run,
    ...(command.kind === undefined ? {} : { kind: command.kind }),
    ...(Object.keys(command.environment).length === 0 ? {} : { environment: { ...command.environment } }),
    ...(ready.secrets.length === 0 ? {} : { secrets: [...ready.secrets] }),
    ...(command.mountPoint === undefined ? {} : { mountPoint: command.mountPoint }),
    ...(command.uncPrefix === undefined ? {} : { uncPrefix: command.uncPrefix }),
    dockerRun: composeDockerRun(
      maskDockerRun(
        dockerRunOf({
          ...run,
          environment: withVariables(command.environment, input.environment),
          labels: copiedLabels(plannedContainer(input, ready).labels),
        }),
      ),
    ),
    predicted,
    touched: touched.map(({ uncPrefix, home, cells }) => ({
      uncPrefix,
      home,
      label: labels.get(home) ?? home,
      cells: [...cells],
    })),
    ...(freePrefix === undefined ? {} : { freePrefix }),
    warnings: ready.warnings.flatMap(wordLaunchWarning),
  };
}

/** A copied line hands over no secret, so it says of none that it was. */
function copiedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !SECRET_LABELS.has(name)));
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
  const known = new Map<string, Volume>();
  for (const { uncPrefix, by, isServer } of taken) {
    const home = byLabel.get(by) ?? HOST_NAMESPACE;
    // A command line and a drive letter may tell of one and the same volume.
    const device = `${home} ${uncPrefix.toLowerCase()}`;
    if (isServer !== true) known.set(device, { device, kind: 'network', home, uncPrefix, mountPoints: [] });
  }
  return [...known.values()];
}
