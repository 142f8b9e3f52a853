import { z } from 'zod';

/**
 * A SARIF 2.1.0 log, strictly as far as Siloscope writes one: every object of the specification's schema forbids unknown
 * keys, and so do these. Ground: OASIS sarif-schema-2.1.0.json.
 */
const Message = z.strictObject({ text: z.string().min(1) });
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
      artifactLocation: z.strictObject({ uri: z.string() }),
      region: z.strictObject({ startLine: z.int().positive(), startColumn: z.int().positive() }).optional(),
    })
    .optional(),
  logicalLocations: z.array(LogicalLocation).optional(),
});
export type SarifLocation = z.infer<typeof Location>;

const ReportingDescriptor = z.strictObject({
  id: z.string(),
  name: z.string(),
  shortDescription: Message,
  fullDescription: Message,
  help: Message,
  defaultConfiguration: z.strictObject({ level: Level }),
});

const Result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().nonnegative(),
  /** What is no failure has the level `none`. */
  kind: z.enum(['fail', 'informational']),
  level: Level,
  message: Message,
  locations: z.array(Location),
  relatedLocations: z.array(Location).optional(),
  partialFingerprints: z.record(z.string(), z.string()),
  suppressions: z
    .array(z.strictObject({ kind: z.literal('external'), status: z.literal('accepted'), justification: z.string() }))
    .optional(),
  properties: Properties.optional(),
});
export type SarifResult = z.infer<typeof Result>;

const Notification = z.strictObject({ level: Level, message: Message });

const Run = z.strictObject({
  tool: z.strictObject({
    driver: z.strictObject({
      name: z.string(),
      semanticVersion: z.string(),
      rules: z.array(ReportingDescriptor),
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
});

export const SarifLog = z.strictObject({
  $schema: z.literal('https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z.array(Run).length(1),
});
export type SarifLog = z.infer<typeof SarifLog>;
