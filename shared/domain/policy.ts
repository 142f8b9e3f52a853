import { z } from 'zod';
import { FindingCode, Severity } from './inspection.ts';
import { NamespaceId } from './namespace.ts';
import { WrittenBy } from './release-version.ts';

const pattern = z.string().min(1).max(400);

/** One rule: of which volumes it speaks, from where, and whether they may be seen. What is absent fits anything. */
export const PolicyRule = z.strictObject({
  /** `\class\instance`. This and the other patterns: without case, `*` any characters, `?` one. */
  uncPrefix: pattern.optional().describe('UNC prefix of the volume, \\class\\instance; * and ?, without case.'),
  /** Of the volume's home: the container's name, its image, one of its labels (`key` or `key=value`), the profile it was launched with. */
  container: pattern.optional().describe('Name of the container that mounts it.'),
  image: pattern.optional().describe('Image of that container.'),
  label: pattern.optional().describe('One of its labels: key, or key=value.'),
  profile: pattern.optional().describe('Profile that Siloscope launched it with.'),
  /** Seen from: the host, another silo, any namespace that is not its home. */
  seenFrom: z
    .enum(['host', 'silo', 'anywhere'])
    .default('anywhere')
    .describe('From where: the host, another silo, or both.'),
  allow: z.boolean().describe('Whether it may be seen from there.'),
  reason: z.string().max(400).optional().describe('Shown with each violation.'),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

/** What is known, has been weighed, and is put up with for a time. */
export const Acceptance = z
  .strictObject({
    /** `unc-leak` accepts sights that rules forbid; any other the finding of that name. */
    code: FindingCode,
    /** Which volumes: patterns as in a rule, all that are given must fit. `device`: `\Device\Volume{guid}`. */
    uncPrefix: pattern.optional(),
    container: pattern.optional(),
    device: pattern.optional(),
    seenFrom: z.enum(['host', 'silo', 'anywhere']).default('anywhere'),
    reason: z.string().min(1, { message: 'expected why it is put up with' }).max(400),
    /** The last day on which it holds, to its end in UTC, or a moment. */
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/, {
        message: 'expected a date such as 2026-12-31, or a moment such as 2026-12-31T18:00:00Z',
        abort: true,
      })
      .refine(text => !Number.isNaN(Date.parse(text)), { message: 'expected a day that there is' }),
  })
  .refine(({ uncPrefix, container, device }) => (uncPrefix ?? container ?? device) !== undefined, {
    message: 'expected at least one of uncPrefix, container and device: an acceptance is of something',
  })
  // The same for editors, which read the published schema.
  .meta({ anyOf: [{ required: ['uncPrefix'] }, { required: ['container'] }, { required: ['device'] }] });
export type Acceptance = z.infer<typeof Acceptance>;

/** Who may see what. How it is decided: `PRECEDENCE` of judge-policy.ts. */
export const Policy = z.strictObject({
  $schema: z.string().optional(),
  writtenBy: WrittenBy,
  name: z.string().min(1).max(80),
  /** Tried in order. */
  rules: z.array(PolicyRule).max(1_000).default([]).describe('Tried in order; the first that fits decides.'),
  /** Where no rule fits. */
  otherwise: z.enum(['forbid', 'allow']).optional().describe('Where no rule fits; absent: forbid.'),
  /** Findings that are violations, too. Leaks are judged by the rules, hence not among them. */
  findings: z
    .array(FindingCode.exclude(['unc-leak']))
    .optional()
    .describe('Findings that are violations, too.'),
  /** Findings of this weight or more are violations, whatever their code. */
  findingsFrom: Severity.optional().describe(
    'Findings of this severity or more are violations, too; leaks are judged by the rules.',
  ),
  acceptances: z.array(Acceptance).max(1_000).optional().describe('What is put up with for a time.'),
});
export type Policy = z.infer<typeof Policy>;

/** An acceptance as a judgement cites it. */
export const CitedAcceptance = z.object({ reason: z.string(), until: z.string() });
export type CitedAcceptance = z.infer<typeof CitedAcceptance>;

const cited = {
  /** The acceptance that covered it until it expired. */
  expired: CitedAcceptance.optional(),
  /** The acceptance in force: then it is no violation. */
  accepted: CitedAcceptance.optional(),
  summary: z.string(),
};

/** A volume that is seen, or may be seen, from where it must not. */
export const SightViolation = z.object({
  kind: z.literal('sight'),
  code: z.literal('unc-leak'),
  /** Index of the rule that forbids it; absent: no rule allows it. */
  rule: z.int().nonnegative().optional(),
  device: z.string(),
  uncPrefix: z.string().optional(),
  container: z.string().optional(),
  seenFrom: NamespaceId,
  /** Further namespaces that see it on the same ground: of one kind, by one rule, as well founded. */
  others: z.array(NamespaceId),
  /** `yes` proven or predicted; `unknown` could not be ruled out. */
  visible: z.enum(['yes', 'unknown']),
  rank: z.string(),
  ...cited,
});
export type SightViolation = z.infer<typeof SightViolation>;

/** A finding that the policy does not put up with. */
export const FindingViolation = z.object({
  kind: z.literal('finding'),
  code: FindingCode,
  severity: Severity,
  volumes: z.array(z.string()),
  namespaces: z.array(NamespaceId),
  ...cited,
});
export type FindingViolation = z.infer<typeof FindingViolation>;

export const Violation = z.discriminatedUnion('kind', [SightViolation, FindingViolation]);
export type Violation = z.infer<typeof Violation>;

/** What came of holding a policy against an inspection. */
export const Judgement = z.object({
  violations: z.array(Violation),
  /** What would violate it, were it not accepted. */
  accepted: z.array(Violation),
});
export type Judgement = z.infer<typeof Judgement>;
