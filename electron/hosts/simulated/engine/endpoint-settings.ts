import { z } from 'zod';
import { badRequest } from './api-error.ts';
import { text, texts } from './go-json.ts';
import type { Network } from './network-store.ts';
import { contains, isIpv4 } from './subnet.ts';

/** What a container asked of a network: an address, a MAC, other names to be found by. */
export const EndpointSettings = z.object({
  IPAMConfig: z.looseObject({ IPv4Address: text }).nullish(),
  Aliases: texts,
  MacAddress: text,
});
export type EndpointSettings = z.infer<typeof EndpointSettings>;

/** Ground: moby daemon/container_operations.go, validateEndpointSettings; api/types/network/endpoint.go. */
export function checkEndpointSettings({ IPAMConfig, MacAddress }: EndpointSettings, network: Network): void {
  const asked = IPAMConfig?.IPv4Address ?? '';
  const because =
    asked === ''
      ? undefined
      : !isIpv4(asked)
        ? `invalid IPv4 address: ${asked}`
        : !network.hasOwnSubnet
          ? 'user specified IP address is supported only when connecting to networks with user configured subnets'
          : contains(network.subnet, asked)
            ? undefined
            : `no configured subnet or ip-range contain the IP address ${asked}`;
  if (because !== undefined) throw badRequest(`invalid endpoint settings:\n${because}`);
  if (MacAddress !== '' && !/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(MacAddress)) {
    throw badRequest(`invalid MAC address ${MacAddress}`);
  }
}
