import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../../shared/contract/fault.ts';
import { readScenario } from './read-scenario.ts';
import { Scenario } from './schema.ts';

function read(source: unknown): 'scenario' | 'fault' {
  try {
    readScenario(source);
    return 'scenario';
  } catch (caught) {
    if (caught instanceof FaultError && caught.fault.code === 'malformed-scenario' && caught.fault.issues.length > 0)
      return 'fault';
    throw caught;
  }
}

/** Values that come near a scenario: its own keys, anything below them. */
const keys = Object.keys(Scenario.shape);
const below = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(
    fc.dictionary(
      fc.constantFrom('name', 'image', 'kind', 'reference', 'commandLine', 'fileSystems', '__proto__', 'constructor'),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    {
      maxLength: 3,
    },
  ),
);
const nearly = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'toString'), below);

describe('any JSON value', () => {
  it('gives a scenario or a malformed-scenario fault with at least one issue, never another error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly), value => {
        expect(['scenario', 'fault']).toContain(read(value));
        // Its text is the same scenario, or has the same fate.
        if (typeof value !== 'string') expect(read(JSON.stringify(value))).toBe(read(value));
      }),
      { numRuns: 500 },
    );
  });

  it('and any text at all does the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(['scenario', 'fault']).toContain(read(text));
      }),
    );
  });
});
