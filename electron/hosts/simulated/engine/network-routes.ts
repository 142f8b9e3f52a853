import { z } from 'zod';
import { empty, json } from './answer.ts';
import { ApiError, badRequest, conflict } from './api-error.ts';
import type { Call, Route } from './call.ts';
import { logNetwork } from './container-events.ts';
import { checkEndpointSettings, EndpointSettings } from './endpoint-settings.ts';
import type { EngineState } from './engine-state.ts';
import { parseFilters } from './filters.ts';
import { flag, record, text, textOr } from './go-json.ts';
import { nanoTime } from './nano-time.ts';
import type { Network } from './network-store.ts';
import { joinNetwork, leaveNetwork } from './networking.ts';

const NetworkRequest = z.looseObject({
  Name: text,
  Driver: textOr('nat'),
  Internal: flag,
  EnableIPv4: z
    .boolean()
    .nullish()
    .transform(value => value ?? true),
  EnableIPv6: flag,
  IPAM: z
    .looseObject({
      Driver: text,
      Options: z.record(z.string(), z.string()).nullish(),
      Config: z.array(z.looseObject({ Subnet: text, Gateway: text })).nullish(),
    })
    .nullish(),
  Labels: record,
  Options: record,
});
const ConnectRequest = z.looseObject({
  Container: text,
  EndpointConfig: EndpointSettings.nullish().transform(value => value ?? EndpointSettings.parse({})),
});

/** Networks: list, inspect, create, remove, connect, disconnect. */
export function networkRoutes(state: EngineState): readonly Route[] {
  return [
    ['GET', '/networks', call => json(list(state, call))],
    ['POST', '/networks/create', call => create(state, call)],
    ['POST', '/networks/{}/connect', call => connect(state, call)],
    ['POST', '/networks/{}/disconnect', call => disconnect(state, call)],
    ['GET', '/networks/{}', call => json(view(state, state.networks.get(call.parameter()), true))],
    [
      'DELETE',
      '/networks/{}',
      call => {
        removeNetwork(state, state.networks.get(call.parameter()));
        return empty(204);
      },
    ],
  ];
}

function list(state: EngineState, call: Call): readonly unknown[] {
  const filters = parseFilters(call.text('filters'), ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
  const dangling = filters.flag('dangling');
  const used = new Set(
    [...state.containers.all()].flatMap(({ endpoints }) => endpoints.map(({ networkId }) => networkId)),
  );
  return state.networks
    .all()
    .filter(
      network =>
        (dangling === undefined || (!network.predefined && !used.has(network.id)) === dangling) &&
        filters.exact('driver', network.driver) &&
        filters.prefix('id', network.id) &&
        filters.some('name', name => network.name.includes(name)) &&
        filters.exact('scope', 'local') &&
        filters.some('type', type => type === (network.predefined ? 'builtin' : 'custom')) &&
        filters.labels('label', network.labels),
    )
    .map(network => view(state, network, false));
}

function view(state: EngineState, network: Network, withContainers: boolean): unknown {
  const containers: Record<string, unknown> = {};
  for (const container of withContainers ? state.containers.all() : []) {
    const endpoint = container.endpoints.find(({ networkId }) => networkId === network.id);
    if (endpoint === undefined) continue;
    containers[container.id] = {
      Name: container.name,
      EndpointID: endpoint.endpointId,
      MacAddress: endpoint.macAddress,
      IPv4Address: endpoint.address === '' ? '' : `${endpoint.address}/${endpoint.prefixLength}`,
      IPv6Address: '',
    };
  }
  return {
    Name: network.name,
    Id: network.id,
    Created: nanoTime(network.created),
    Scope: 'local',
    Driver: network.driver,
    EnableIPv4: true,
    EnableIPv6: network.ipv6,
    IPAM: {
      Driver: network.ipamDriver,
      Options: network.ipamOptions,
      Config: network.subnet === '' ? null : [{ Subnet: network.subnet, Gateway: network.gateway }],
    },
    Internal: network.internal,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: containers,
    Options: network.options,
    Labels: network.labels,
  };
}

async function create(state: EngineState, call: Call) {
  const request = await call.json(NetworkRequest);
  const network = state.networks.create({
    name: request.Name,
    driver: request.Driver,
    created: state.time.now(),
    labels: request.Labels,
    options: request.Options,
    internal: request.Internal,
    ipv4: request.EnableIPv4,
    ipv6: request.EnableIPv6,
    ipam: {
      driver: request.IPAM?.Driver ?? '',
      options: request.IPAM?.Options ?? null,
      configs: (request.IPAM?.Config ?? []).map(({ Subnet, Gateway }) => ({ subnet: Subnet, gateway: Gateway })),
    },
  });
  logNetwork(state, 'create', network);
  return json({ Id: network.id, Warning: '' }, 201);
}

/** Removes a network nobody is on; also used by prune. */
export function removeNetwork(state: EngineState, network: Network): void {
  for (const container of state.containers.all()) {
    const endpoint = container.endpoints.find(({ networkId }) => networkId === network.id);
    if (endpoint === undefined || network.predefined) continue;
    throw new ApiError(
      403,
      `error while removing network: network ${network.name} id ${network.id} has active endpoints`,
    );
  }
  state.networks.remove(network);
  logNetwork(state, 'destroy', network);
}

async function connect(state: EngineState, call: Call) {
  const network = state.networks.get(call.parameter());
  const { Container, EndpointConfig } = await call.json(ConnectRequest);
  const container = state.containers.get(Container);
  if (container.networks.has(network.name)) {
    throw new ApiError(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
  }
  if ([...container.networks.keys()].some(name => name.startsWith('container:'))) {
    throw badRequest(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
  if (container.networks.size > 0 && [network.name, ...container.networks.keys()].includes('none')) {
    throw badRequest(
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    );
  }
  checkEndpointSettings(EndpointConfig, network);
  if (container.run !== undefined) joinNetwork(state, container, network, EndpointConfig);
  container.networks.set(network.name, EndpointConfig);
  return empty(200);
}

async function disconnect(state: EngineState, call: Call) {
  const network = state.networks.get(call.parameter());
  const container = state.containers.get((await call.json(ConnectRequest)).Container);
  if (!container.networks.delete(network.name)) {
    throw conflict(`container ${container.id} is not connected to network ${network.name}`);
  }
  leaveNetwork(state, container, network);
  return empty(200);
}
