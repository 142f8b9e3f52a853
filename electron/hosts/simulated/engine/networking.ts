import { conflict, serverError } from './api-error.ts';
import type { Container } from './container.ts';
import { logNetwork } from './container-events.ts';
import { checkEndpointSettings, type EndpointSettings } from './endpoint-settings.ts';
import type { EngineState } from './engine-state.ts';
import type { Network } from './network-store.ts';
import { StartFailure } from './system-call-words.ts';

/**
 * Joins the container to all its networks, before its compute system is made. Throws as HNS does where another container
 * has a port already. Ground: moby#41094, HCN_E_PORT_ALREADY_EXISTS.
 */
export function joinNetworks(state: EngineState, container: Container): void {
  sharedWith(state, container);
  for (const [name, settings] of container.networks) {
    if (!name.startsWith('container:')) joinNetwork(state, container, state.networks.get(name), settings);
  }
  container.ports = publishedPorts(state, container);
  const others = new Set([...state.containers.all()].filter(one => one !== container).flatMap(hostPorts));
  if (hostPorts(container).some(port => others.has(port))) {
    throw new StartFailure(
      `failed to create endpoint ${container.name} on network ${[...container.networks.keys()][0] ?? 'nat'}: failed during hnsCallRawResponse: hnsCall failed in Win32: The specified port already exists. (0x803b0013)`,
    );
  }
}

/**
 * The container whose network this one is in, by `--network container:NAME`; it has to run. Ground: moby
 * daemon/container_operations.go, getNetworkedContainer.
 */
export function sharedWith(state: EngineState, container: Container): Container | undefined {
  const [, name] = /^container:(.*)$/s.exec(container.hostConfig.NetworkMode) ?? [];
  if (name === undefined) return undefined;
  const other = state.containers.find(name);
  if (other === undefined) throw serverError(`joining network namespace of container: No such container: ${name}`);
  if (other === container) throw serverError('cannot join own network namespace');
  if (!other.running) {
    throw conflict(
      `cannot join network namespace of a non running container: container ${other.name} is ${other.state.status}`,
    );
  }
  if (other.parts.isolation === 'hyperv') {
    throw serverError('sharing of hyperv containers network is not supported');
  }
  return other;
}

/** The host's ports that a container has: `8080/tcp`. */
export function hostPorts({ ports }: Container): string[] {
  return Object.entries(ports).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostPort }) => `${HostPort}/${port.split('/')[1] ?? 'tcp'}`),
  );
}

/** Gives the running container an endpoint on a network. */
export function joinNetwork(
  state: EngineState,
  container: Container,
  network: Network,
  settings: EndpointSettings,
): void {
  checkEndpointSettings(settings, network);
  const { random } = state.machine;
  const pairs = random.hex(6).match(/../g) ?? [];
  container.endpoints.push({
    networkId: network.id,
    networkName: network.name,
    endpointId: random.hex(64),
    address: state.networks.takeAddress(network, container.name, settings.IPAMConfig?.IPv4Address ?? ''),
    gateway: network.gateway,
    prefixLength: network.prefixLength,
    // The prefix of Microsoft's virtual network adapters.
    macAddress:
      network.driver === 'null' ? '' : settings.MacAddress === '' ? `00:15:5d:${pairs.join(':')}` : settings.MacAddress,
  });
  logNetwork(state, 'connect', network, container.id);
}

export function leaveNetworks(state: EngineState, container: Container): void {
  for (const network of [...container.endpoints].map(({ networkId }) => state.networks.find(networkId))) {
    if (network !== undefined) leaveNetwork(state, container, network);
  }
  container.endpoints = [];
  container.ports = {};
}

export function leaveNetwork(state: EngineState, container: Container, network: Network): void {
  const endpoint = container.endpoints.find(({ networkId }) => networkId === network.id);
  if (endpoint === undefined) return;
  container.endpoints = container.endpoints.filter(held => held !== endpoint);
  if (endpoint.address !== '') state.networks.giveBack(network, endpoint.address);
  logNetwork(state, 'disconnect', network, container.id);
}

/** Ephemeral host ports for those that were asked for without a number. */
function publishedPorts(state: EngineState, container: Container): Container['ports'] {
  const ports: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
  const { ExposedPorts: exposed } = container.parts.config;
  const ephemeral = (): string => String(49_152 + state.machine.random.integer(16_384));
  for (const port of Object.keys(exposed ?? {})) {
    ports[port] = container.hostConfig.PublishAllPorts ? [{ HostIp: '0.0.0.0', HostPort: ephemeral() }] : null;
  }
  for (const [port, bindings] of Object.entries(container.hostConfig.PortBindings)) {
    ports[port] = bindings.map(({ HostIp, HostPort }) => ({
      HostIp: HostIp === '' ? '0.0.0.0' : HostIp,
      HostPort: HostPort === '' || HostPort === '0' ? ephemeral() : HostPort,
    }));
  }
  return ports;
}
