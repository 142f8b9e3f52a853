import type { Machine } from '../machine.ts';
import { ApiError, badRequest, conflict, notFound } from './api-error.ts';

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly created: bigint;
  readonly subnet: string;
  readonly gateway: string;
  readonly prefixLength: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly internal: boolean;
  readonly predefined: boolean;
}

/** Drivers of a Windows daemon. Ground: moby libnetwork/drivers/windows. */
export const NETWORK_DRIVERS = [
  'ics',
  'internal',
  'l2bridge',
  'l2tunnel',
  'nat',
  'null',
  'overlay',
  'private',
  'transparent',
];

/** HNS networks and the addresses given out on them. */
export class NetworkStore {
  readonly #machine: Machine;
  readonly #byId = new Map<string, Network>();
  readonly #taken = new Map<string, Set<number>>();
  #subnets = 0;

  constructor(machine: Machine, created: bigint) {
    this.#machine = machine;
    this.#add('nat', 'nat', created, {}, {}, false, true);
    this.#add('none', 'null', created, {}, {}, false, true);
  }

  all(): readonly Network[] {
    return [...this.#byId.values()];
  }

  find(reference: string): Network | undefined {
    const named = this.all().find(network => network.id === reference || network.name === reference);
    return (
      named ??
      (/^[0-9a-f]{2,}$/.test(reference) ? this.all().find(network => network.id.startsWith(reference)) : undefined)
    );
  }

  get(reference: string): Network {
    const found = this.find(reference);
    if (found === undefined) throw notFound(`network ${reference} not found`);
    return found;
  }

  create(request: {
    readonly name: string;
    readonly driver: string;
    readonly created: bigint;
    readonly labels: Readonly<Record<string, string>>;
    readonly options: Readonly<Record<string, string>>;
    readonly internal: boolean;
    readonly ipv4: boolean;
  }): Network {
    if (request.name.trim() === '') throw badRequest('invalid network name: name is empty');
    if (!request.ipv4) throw badRequest('IPv4 cannot be disabled on Windows');
    if (this.all().some(network => network.name === request.name)) {
      throw conflict(`network with name ${request.name} already exists`);
    }
    if (request.driver === 'overlay') {
      throw new ApiError(
        403,
        'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      );
    }
    // The stock CLI asks for "bridge" unless told otherwise: a Windows engine has no such plugin.
    if (!NETWORK_DRIVERS.includes(request.driver)) {
      throw notFound(`could not find plugin ${request.driver} in v1 plugin registry: plugin not found`);
    }
    return this.#add(
      request.name,
      request.driver,
      request.created,
      request.labels,
      request.options,
      request.internal,
      false,
    );
  }

  remove(network: Network): void {
    if (network.predefined) throw new ApiError(403, `${network.name} is a pre-defined network and cannot be removed`);
    this.#byId.delete(network.id);
    this.#taken.delete(network.id);
  }

  /** An address of the network's subnet; empty for drivers without one. */
  takeAddress(network: Network): string {
    if (network.subnet === '') return '';
    const taken = this.#taken.get(network.id) ?? new Set<number>();
    this.#taken.set(network.id, taken);
    let host = 2;
    while (taken.has(host)) host += 1;
    taken.add(host);
    const [a, b, c] = network.gateway.split('.').map(Number);
    return `${a}.${b}.${(c ?? 0) + Math.floor(host / 256)}.${host % 256}`;
  }

  giveBack(networkId: string, address: string, gateway: string): void {
    const third = Number(address.split('.')[2]) - Number(gateway.split('.')[2]);
    this.#taken.get(networkId)?.delete(third * 256 + Number(address.split('.')[3]));
  }

  #add(
    name: string,
    driver: string,
    created: bigint,
    labels: Readonly<Record<string, string>>,
    options: Readonly<Record<string, string>>,
    internal: boolean,
    predefined: boolean,
  ): Network {
    const bare = driver === 'null';
    const second = 28 + (this.#subnets >> 4);
    const third = (this.#subnets & 15) * 16;
    if (!bare) this.#subnets += 1;
    const { random } = this.#machine;
    const network = {
      id: random.hex(64),
      name,
      driver,
      created,
      subnet: bare ? '' : `172.${second}.${third}.0/20`,
      gateway: bare ? '' : `172.${second}.${third}.1`,
      prefixLength: bare ? 0 : 20,
      labels,
      options: bare
        ? options
        : {
            ...options,
            'com.docker.network.windowsshim.hnsid': random.guid().toUpperCase(),
            ...(predefined ? { 'com.docker.network.windowsshim.networkname': name } : {}),
          },
      internal,
      predefined,
    };
    this.#byId.set(network.id, network);
    return network;
  }
}
