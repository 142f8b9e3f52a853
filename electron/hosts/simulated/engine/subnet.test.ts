import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressAt, contains, indexOf, readSubnet } from './subnet.ts';

describe('a subnet', () => {
  it.each([
    ['10.9.0.0/24', { address: 0x0a09_0000, first: 0x0a09_0000, bits: 24 }],
    ['10.9.0.5/24', { address: 0x0a09_0005, first: 0x0a09_0000, bits: 24 }],
    ['255.255.255.255/32', { address: 0xffff_ffff, first: 0xffff_ffff, bits: 32 }],
    ['0.0.0.0/0', { address: 0, first: 0, bits: 0 }],
    ['bogus', undefined],
    ['10.9.0.0', undefined],
    ['10.9.0.0/33', undefined],
    ['10.9.0.0/8/8', undefined],
    ['10.9.0.256/24', undefined],
    ['10.9.00.1/24', undefined],
    ['fd00::/64', undefined],
  ])('%s is read', (text, read) => {
    expect(readSubnet(text)).toEqual(read);
  });

  it('has the addresses that it counts, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 30 }), fc.nat(0xff_ffff), (bits, at) => {
        const subnet = `10.0.0.0/${bits}`;
        const address = addressAt(subnet, at);
        expect(contains(subnet, address)).toBe(at < 2 ** (32 - bits));
        expect(indexOf(subnet, address)).toBe(at);
      }),
    );
  });
});
