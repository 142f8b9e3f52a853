/** An IPv4 address as Go parses it: four numbers, no leading zeros. */
export function isIpv4(text: string): boolean {
  return (
    /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text) && text.split('.').every(part => Number(part) < 256)
  );
}

/** `10.9.0.0/24` taken apart; undefined when it is no IPv4 subnet. `first` is its address with the host's bits cleared. */
export function readSubnet(
  text: string,
): { readonly address: number; readonly first: number; readonly bits: number } | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  if (!isIpv4(address) || !/^\d{1,2}$/.test(length) || Number(length) > 32 || rest.length > 0) return undefined;
  const bits = Number(length);
  const value = numberOf(address);
  const size = 2 ** (32 - bits);
  return { address: value, first: value - (value % size), bits };
}

/** Whether the subnet has that address. */
export function contains(subnet: string, address: string): boolean {
  const read = readSubnet(subnet);
  if (read === undefined || !isIpv4(address)) return false;
  const value = numberOf(address);
  return value >= read.first && value < read.first + 2 ** (32 - read.bits);
}

/** The n-th address of a subnet, its own first one being 0. */
export function addressAt(subnet: string, index: number): string {
  return addressOf((readSubnet(subnet)?.first ?? 0) + index);
}

/** Which address of its subnet it is. */
export function indexOf(subnet: string, address: string): number {
  return numberOf(address) - (readSubnet(subnet)?.first ?? 0);
}

export function addressOf(value: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
