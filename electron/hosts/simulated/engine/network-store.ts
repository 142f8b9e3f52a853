import type { Machine } from '../machine.ts';
import { ApiError, badRequest, conflict, notFound, serverError } from './api-error.ts';
import { addressAt, addressOf, contains, indexOf, isIpv4, readSubnet } from './subnet.ts';

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly created: bigint;
  readonly subnet: string;
  readonly gateway: string;
  readonly prefixLength: number;
  /** The subnet is the user's, or was there before: addresses in it may be asked for. */
  readonly hasOwnSubnet: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  readonly ipv6: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly internal: boolean;
  readonly predefined: boolean;
}

export interface IpamOptions {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>> | null;
  readonly configs: readonly { readonly subnet: string; readonly gateway: string }[];
}

export interface NetworkOptions {
  readonly name: string;
  readonly driver: string;
  readonly created: bigint;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly internal: boolean;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly ipam: IpamOptions;
}

const PREDEFINED_IPAM: IpamOptions = { driver: '', options: null, configs: [] };

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
    const bare = { created, labels: {}, options: {}, internal: false, ipv4: true, ipv6: false };
    this.#add({ ...bare, name: 'nat', driver: 'nat', ipam: PREDEFINED_IPAM }, true);
    this.#add({ ...bare, name: 'none', driver: 'null', ipam: PREDEFINED_IPAM }, true);
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

  create(request: NetworkOptions): Network {
    if (request.name.trim() === '') throw badRequest('invalid network name: name is empty');
    checkIpam(request.ipam);
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
    return this.#add(request, false);
  }

  remove(network: Network): void {
    if (network.predefined) throw new ApiError(403, `${network.name} is a pre-defined network and cannot be removed`);
    this.#byId.delete(network.id);
    this.#taken.delete(network.id);
  }

  /** The address that was asked for, or the next of the network's subnet; empty for drivers without one. */
  takeAddress(network: Network, container: string, asked: string): string {
    if (network.subnet === '') return '';
    const taken = this.#taken.get(network.id) ?? new Set<number>();
    this.#taken.set(network.id, taken);
    if (asked !== '') {
      if (taken.has(indexOf(network.subnet, asked)))
        throw serverError(`failed to create endpoint ${container} on network ${network.name}: ${ADDRESS_TAKEN}`);
      taken.add(indexOf(network.subnet, asked));
      return asked;
    }
    const gateway = indexOf(network.subnet, network.gateway);
    let index = 2;
    while (taken.has(index) || index === gateway) index += 1;
    taken.add(index);
    return addressAt(network.subnet, index);
  }

  giveBack({ id, subnet }: Network, address: string): void {
    this.#taken.get(id)?.delete(indexOf(subnet, address));
  }

  #add(request: NetworkOptions, predefined: boolean): Network {
    const { name, driver, created, labels, options, internal, ipam, ipv6 } = request;
    const bare = driver === 'null';
    const second = 28 + (this.#subnets >> 4);
    const third = (this.#subnets & 15) * 16;
    const own = ipam.configs.find(({ subnet }) => readSubnet(subnet) !== undefined);
    if (!bare && own === undefined) this.#subnets += 1;
    const subnet = bare ? '' : (own?.subnet ?? `172.${second}.${third}.0/20`);
    const { random } = this.#machine;
    const network = {
      id: random.hex(64),
      name,
      driver,
      created,
      subnet,
      gateway: bare ? '' : own === undefined || own.gateway === '' ? addressAt(subnet, 1) : own.gateway,
      prefixLength: bare ? 0 : (readSubnet(subnet)?.bits ?? 0),
      hasOwnSubnet: own !== undefined || predefined,
      ipamDriver: bare ? 'default' : ipam.driver === '' ? 'windows' : ipam.driver,
      ipamOptions: ipam.options,
      ipv6,
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

/** What HNS says of an address that another endpoint has; its words for that case are inferred from those for a wrong one. */
const ADDRESS_TAKEN =
  'failed during hnsCallRawResponse: hnsCall failed in Win32: The IP address is either invalid or not part of any configured subnet(s). (0x803b001e)';

/** Every mistake of an IPAM configuration, as dockerd lists them. Ground: moby api/types/network/ipam.go. */
function checkIpam({ configs }: IpamOptions): void {
  const wrong = configs.flatMap(({ subnet, gateway }): string[] => {
    if (subnet.includes(':')) return [];
    const read = readSubnet(subnet);
    if (read === undefined) return [`invalid subnet ${subnet}: invalid CIDR block notation`];
    const masked = `${addressOf(read.first)}/${read.bits}`;
    const unmasked = read.address === read.first ? [] : [`invalid subnet ${subnet}: it should be ${masked}`];
    if (gateway === '') return unmasked;
    if (!isIpv4(gateway)) return [...unmasked, `invalid gateway ${gateway}: invalid address`];
    return contains(subnet, gateway)
      ? unmasked
      : [...unmasked, `invalid gateway ${gateway}: parent subnet ${subnet} doesn't contain this address`];
  });
  if (wrong.length === 0) return;
  const listed = wrong.length === 1 ? wrong.join('') : `* ${wrong.join('\n* ')}`;
  throw badRequest(`invalid network config:\n${listed}`);
}
