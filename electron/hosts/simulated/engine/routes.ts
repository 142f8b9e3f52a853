import { json } from './answer.ts';
import { ApiError, notImplemented, serverError } from './api-error.ts';
import { archiveRoutes } from './archive-routes.ts';
import { attachRoutes } from './attach-routes.ts';
import { buildRoutes } from './build-routes.ts';
import type { Handler, Route } from './call.ts';
import { containerRoutes } from './container-routes.ts';
import type { EngineState } from './engine-state.ts';
import { eventsRoutes } from './events-routes.ts';
import { execRoutes } from './exec-routes.ts';
import { imageRoutes } from './image-routes.ts';
import { logsRoutes } from './logs-routes.ts';
import { networkRoutes } from './network-routes.ts';
import { observeRoutes } from './observe-routes.ts';
import { pruneRoutes } from './prune-routes.ts';
import { LINUX_KERNEL, linuxInfoOf, systemRoutes, versionOf } from './system-routes.ts';
import { transferRoutes } from './transfer-routes.ts';
import { volumeRoutes } from './volume-routes.ts';

/** Every route of the engine in Windows mode; the families are tried in this order. */
export function windowsRoutes(state: EngineState): readonly Route[] {
  return [
    ...systemRoutes(state),
    ...pruneRoutes(state),
    ...containerRoutes(state),
    ...observeRoutes(state),
    ...execRoutes(state),
    ...attachRoutes(state),
    ...logsRoutes(state),
    ...archiveRoutes(state),
    ...buildRoutes(state),
    ...transferRoutes(state),
    ...imageRoutes(state),
    ...eventsRoutes(state),
    ...networkRoutes(state),
    ...volumeRoutes(state),
    ...refusedRoutes(),
  ];
}

const noSwarm: Handler = () => {
  throw new ApiError(
    503,
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
};
/** To be told to run `docker swarm init` is no answer to it. */
const noSwarmEver: Handler = () => {
  throw notImplemented('the simulated engine does no swarm');
};
const noPlugins: Handler = () => {
  throw serverError('plugins are not supported on this platform');
};
const noSession: Handler = () => {
  throw notImplemented('the simulated engine has no BuildKit');
};

/** Known to dockerd, refused here: a sentence each. */
function refusedRoutes(): readonly Route[] {
  const swarm = ['services', 'tasks', 'nodes', 'secrets', 'configs', 'swarm'];
  return [
    ['POST', '/swarm/init', noSwarmEver],
    ['POST', '/swarm/join', noSwarmEver],
    ...swarm.flatMap(kind =>
      ['GET', 'POST', 'DELETE'].flatMap((method): readonly Route[] => [
        [method, `/${kind}`, noSwarm],
        [method, `/${kind}/{*}`, noSwarm],
      ]),
    ),
    // Even their list is refused. Ground: moby plugin/backend_unsupported.go.
    ['GET', '/plugins', noPlugins],
    ['GET', '/plugins/{*}', noPlugins],
    ['DELETE', '/plugins/{*}', noPlugins],
    ['POST', '/plugins/{*}', noPlugins],
    ['POST', '/session', noSession],
    ['POST', '/grpc', noSession],
  ];
}

/** A daemon in Linux mode: it says what it is, has nothing, and does nothing. */
export function linuxRoutes(state: EngineState): readonly Route[] {
  const refuse: Handler = () => {
    throw notImplemented('the simulated engine does nothing in Linux mode: switch it to Windows containers');
  };
  const own = systemRoutes(state).filter(([, path]) => path === '/_ping');
  return [
    ...own,
    ['GET', '/version', () => json(versionOf(state, LINUX_KERNEL, 'linux'))],
    ['GET', '/info', () => json(linuxInfoOf(state))],
    ...eventsRoutes(state),
    ['GET', '/containers/json', () => json([])],
    ['GET', '/images/json', () => json([])],
    ['GET', '/networks', () => json([])],
    ['GET', '/volumes', () => json({ Volumes: [], Warnings: null })],
    ...windowsRoutes(state).map(([method, path]): Route => [method, path, refuse]),
  ];
}
