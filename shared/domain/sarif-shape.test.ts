import type { Log } from 'sarif';
import { describe, expectTypeOf, it } from 'vitest';
import type { SarifLog } from './sarif.ts';

/** Keys of ours, at any depth, that the official shape does not know. Bags of any keys are passed over. */
type Strays<Ours, Official> = Ours extends readonly (infer One)[]
  ? Official extends readonly (infer Known)[]
    ? Strays<One, Known>
    : 'a list'
  : Ours extends object
    ? string extends keyof Ours
      ? never
      : {
          [K in keyof Ours & string]: K extends keyof Official
            ? Strays<NonNullable<Ours[K]>, NonNullable<Official[K]>>
            : K;
        }[keyof Ours & string]
    : never;

describe('the shape of our SARIF logs', () => {
  it('is one of the official shape, value by value', () => {
    expectTypeOf<SarifLog>().toExtend<Log>();
  });

  it('has no key that the official shape does not have', () => {
    expectTypeOf<Strays<SarifLog, Log>>().toBeNever();
    expectTypeOf<Strays<{ runs: { tool: { drivers: 1 } }[] }, Log>>().toEqualTypeOf<'drivers'>();
  });
});
