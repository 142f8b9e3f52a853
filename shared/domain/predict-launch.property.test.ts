import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Namespace } from './namespace.ts';
import { predictLaunch } from './predict-launch.ts';
import { cellsByRule } from './testing/cells-by-rule.ts';
import { classOf } from './unc-prefix.ts';
import type { World } from './visibility.ts';
import type { Volume } from './volume.ts';

const NAMESPACES: readonly Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  { id: 'silo:4', kind: 'silo', label: 'a' },
  { id: 'silo:8', kind: 'silo', label: 'b' },
  { id: 'vm:0123456789ab', kind: 'vm', label: 'v' },
];
const PREFIXES = ['\\memfs\\a', '\\MEMFS\\b', '\\data\\x', '\\server\\y'] as const;
const world: fc.Arbitrary<World> = fc
  .record({
    volumes: fc.array(fc.tuple(fc.constantFrom('host', 'silo:4', 'silo:8'), fc.constantFrom(...PREFIXES)), {
      maxLength: 5,
    }),
    servers: fc.subarray(['SERVER', 'other']),
  })
  .map(({ volumes, servers }) => ({
    namespaces: NAMESPACES,
    servers,
    volumes: volumes.map(
      ([home, uncPrefix], index): Volume => ({
        device: `\\Device\\Volume{${index}}`,
        kind: 'network',
        home,
        uncPrefix,
        provider: `\\Device\\WinFsp.Mup{${home}}`,
        mountPoints: [],
      }),
    ),
  }));
const wish = fc.record({
  uncPrefix: fc.option(fc.constantFrom(...PREFIXES), { nil: undefined }),
  isolation: fc.constantFrom('process' as const, 'hyperv' as const),
});

describe('a launch that is only thought of', () => {
  it('is predicted as it would be judged, and touches those whose cells would change', () => {
    fc.assert(
      fc.property(world, wish, (given, { uncPrefix, isolation }) => {
        const wished = {
          isolation,
          ...(uncPrefix === undefined ? { kind: 'disk' as const } : { kind: 'network' as const, uncPrefix }),
        };
        const { predicted, touched, freePrefix } = predictLaunch(wished, given);
        const home = isolation === 'hyperv' ? 'vm:000000000000' : 'silo:0';
        const came: Volume = { device: 'new', home, mountPoints: [], ...wished };
        const before = cellsByRule(given);

        const after = cellsByRule({ ...given, volumes: [...given.volumes, came] });
        expect(predicted).toEqual(after.at(-1));
        const changed = given.volumes.filter((_, row) =>
          before[row]?.some((cell, column) => cell.because !== after[row]?.[column]?.because),
        );
        expect(touched.map(({ device }) => device)).toEqual(changed.map(({ device }) => device));

        const taken = [...given.volumes.map(one => one.uncPrefix ?? ''), ...(given.servers ?? [])].map(classOf);
        const isTaken = uncPrefix !== undefined && taken.includes(classOf(uncPrefix));
        expect(freePrefix !== undefined).toBe(isTaken);
        if (freePrefix !== undefined) expect(taken).not.toContain(classOf(freePrefix));
      }),
      { numRuns: 2_000 },
    );
  });
});
