import fc from 'fast-check';
import type { Scenario } from '../scenario/schema.ts';

/** A host to be built: small enough to look at every cell, mixed enough that classes, prefixes and letters collide. */
export interface WorldPlan {
  readonly seed: number;
  readonly behaviour: Partial<Scenario['behaviour']>;
  /** The FSD is started after the silos; its monitor then has to pick them up. */
  readonly fsdLast: boolean;
  readonly silos: readonly ('process' | 'hyperv')[];
  readonly volumes: readonly VolumePlan[];
  readonly servers: Scenario['network']['servers'];
  /** What happens after the first look. */
  readonly fault: FaultPlan | undefined;
}

export interface VolumePlan {
  /** Taken modulo the namespaces that WinFsp is in; 0 is the host. */
  readonly home: number;
  readonly prefix: string | undefined;
  readonly letter: string | undefined;
}

export type FaultPlan = 'fsd-unloads' | 'fsd-comes-back' | 'a-silo-ends' | 'a-volume-ends';

export const LETTERS = ['X:', 'Y:', 'Z:'] as const;
const PREFIXES = [
  '\\alpha\\one',
  '\\alpha\\two',
  '\\ALPHA\\One',
  '\\beta\\one',
  '\\beta\\two',
  '\\gamma\\deep\\share',
] as const;

const mostly = (usual: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(!usual) });

const volume: fc.Arbitrary<VolumePlan> = fc.record({
  home: fc.nat({ max: 11 }),
  prefix: fc.option(fc.constantFrom(...PREFIXES), { freq: 3, nil: undefined }),
  letter: fc.option(fc.constantFrom(...LETTERS), { freq: 3, nil: undefined }),
});

/** A file server with the name of a class, which may or may not have a share with the name of an instance. */
const servers = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('alpha', 'Beta', 'delta'),
    shares: fc.uniqueArray(
      fc.record({ name: fc.constantFrom('one', 'public'), files: fc.constant({ 'token.txt': 'a server' }) }),
      { maxLength: 2, selector: share => share.name },
    ),
  }),
  { maxLength: 2, selector: server => server.name },
);

export const worldPlan: fc.Arbitrary<WorldPlan> = fc.record({
  seed: fc.nat(),
  behaviour: fc.record({
    mupIsShared: mostly(true),
    mupIsSharedBetweenSilos: mostly(true),
    prefixCacheIsShared: mostly(true),
    unknownProvidersAreAskedLast: mostly(true),
    providerLinkIsInSilo: mostly(true),
  }),
  fsdLast: fc.boolean(),
  silos: fc.array(fc.constantFrom('process', 'process', 'process', 'hyperv'), { maxLength: 4 }),
  volumes: fc.array(volume, { maxLength: 6 }),
  servers,
  fault: fc.option(fc.constantFrom('fsd-unloads', 'fsd-comes-back', 'a-silo-ends', 'a-volume-ends'), {
    nil: undefined,
  }),
});
