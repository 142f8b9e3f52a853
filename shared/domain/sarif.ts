import { z } from 'zod';

/**
 * A SARIF 2.1.0 log, strictly as far as Siloscope writes one: every object of the specification's schema forbids unknown
 * keys, and so do these, and what it says of a key (format, pattern, uniqueness) or the prose beside it is held here,
 * too. Ground: OASIS sarif-schema-2.1.0.json and SARIF 2.1.0 errata 01. Its other keys (`guid` among them) are not
 * written, hence not known here; that no key is misspelt is held by the types of `@types/sarif` (sarif-shape.test.ts).
 */
const Message = z.strictObject({
  // A brace by itself would begin a placeholder: 3.11.5.
  text: z
    .string()
    .min(1)
    .refine(text => !/[{}]/.test(text.replace(/\{\{|\}\}/g, '')), { message: 'expected braces to be doubled' }),
});

/** RFC 3986 URI-reference, by its characters: what a schema's `format: uri-reference` checks. */
const UriReference = z
  .string()
  .regex(
    /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/,
    'expected a URI reference: other characters as %XX',
  );

/** `uniqueItems` of a JSON Schema. */
function unique<T extends z.ZodType>(item: T) {
  return z.array(item).refine(items => new Set(items.map(one => JSON.stringify(one))).size === items.length, {
    message: 'expected no two alike',
  });
}

const Properties = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
const Level = z.enum(['none', 'note', 'warning', 'error']);

const LogicalLocation = z.strictObject({
  name: z.string(),
  fullyQualifiedName: z.string(),
  kind: z.string(),
});

const Location = z.strictObject({
  id: z.int().nonnegative().optional(),
  message: Message.optional(),
  physicalLocation: z
    .strictObject({
      artifactLocation: z.strictObject({ uri: UriReference }),
      region: z.strictObject({ startLine: z.int().positive(), startColumn: z.int().positive() }).optional(),
    })
    .optional(),
  logicalLocations: unique(LogicalLocation).optional(),
});
export type SarifLocation = z.infer<typeof Location>;

const ReportingDescriptor = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  shortDescription: Message,
  fullDescription: Message,
  help: Message,
  defaultConfiguration: z.strictObject({ level: Level }),
});

const Result = z
  .strictObject({
    ruleId: z.string(),
    ruleIndex: z.int().nonnegative(),
    /** `open`: there was not enough to decide by. */
    kind: z.enum(['fail', 'open', 'informational']),
    level: Level,
    message: Message,
    locations: z.array(Location),
    relatedLocations: unique(Location).optional(),
    partialFingerprints: z.record(z.string(), z.string()),
    suppressions: unique(
      z.strictObject({ kind: z.literal('external'), status: z.literal('accepted'), justification: z.string() }),
    ).optional(),
    properties: Properties.optional(),
  })
  // 3.27.10.
  .refine(({ kind, level }) => (kind === 'fail') === (level !== 'none'), {
    message: 'expected the level none of what is no failure, and of nothing else',
  })
  // 3.28.2: a location is spoken of by its id within one result.
  .refine(({ relatedLocations = [] }) => isEachOnce(relatedLocations.map(({ id }) => id)), {
    message: 'expected each location to have an id of its own',
  });
export type SarifResult = z.infer<typeof Result>;

const Notification = z.strictObject({ level: Level, message: Message });

const Run = z
  .strictObject({
    tool: z.strictObject({
      driver: z.strictObject({
        name: z.string(),
        /** Ground: semver.org 2.0.0. */
        semanticVersion: z.string().regex(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/),
        rules: unique(ReportingDescriptor).refine(rules => isEachOnce(rules.map(({ id }) => id)), {
          message: 'expected each rule once',
        }),
      }),
    }),
    automationDetails: z.strictObject({ id: z.string() }),
    invocations: z.array(
      z.strictObject({
        executionSuccessful: z.boolean(),
        endTimeUtc: z.iso.datetime(),
        toolExecutionNotifications: z.array(Notification),
      }),
    ),
    /** `Level` values in results mean what the specification says. */
    results: z.array(Result),
    columnKind: z.literal('utf16CodeUnits'),
    properties: Properties,
  })
  // 3.52.4: the index leads to the rule of that id.
  .refine(
    ({ tool, results }) => results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId),
    { message: 'expected each ruleIndex to lead to the rule of its ruleId' },
  );

function isEachOnce(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

export const SarifLog = z.strictObject({
  $schema: z.literal('https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z.array(Run).length(1),
});
export type SarifLog = z.infer<typeof SarifLog>;
