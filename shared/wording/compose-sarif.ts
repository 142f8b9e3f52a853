import { groupBy } from '../base/group-by.ts';
import {
  type Finding,
  FindingCode,
  type Gap,
  type InspectedVolume,
  type Inspection,
  type Severity,
} from '../domain/inspection.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from '../domain/namespace.ts';
import type { Judgement, Violation } from '../domain/policy.ts';
import type { SarifLocation, SarifLog, SarifResult } from '../domain/sarif.ts';
import { namespaceNames } from './namespace-names.ts';
import { escapeUntrusted } from './plain-text.ts';
import { findingKindWords } from './word-finding-code.ts';
import { gapWords, hidesVolumes } from './word-gap.ts';

/** What a SARIF file is made of. */
export interface SarifParts {
  readonly version: string;
  readonly inspection: Pick<Inspection, 'takenAt' | 'host' | 'namespaces' | 'volumes' | 'findings' | 'gaps'>;
  readonly simulated: boolean;
  /** It is about a moment that is past: which line of the journal it rests on, and what is missing of it, in sentences. */
  readonly past?: { readonly line: number; readonly missing: readonly string[]; readonly isBuildKnown: boolean };
  /** Absent: no policy was given; findings speak by their severity. */
  readonly policy?: {
    readonly name: string;
    readonly judgement: Judgement;
    /** What could not be listed is put up with: `--allow-gaps`. */
    readonly allowGaps?: boolean;
    /** The policy's file as a relative reference or URI, with where its rules begin. */
    readonly file?: { readonly uri: string; readonly placeOf: (rule: number) => Place | undefined };
  };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** More viewers than that are counted in the message, not listed. */
const MOST_VIEWERS = 100;
const CODES = FindingCode.options;
/** Where volumes may be missing, nothing is clean: said by a result of its own, since readers close what is not reported. */
const NOT_LISTED = 'not-listed';

type Level = SarifResult['level'];
const LEVELS: Readonly<Record<Severity, Level>> = { serious: 'error', warning: 'warning', info: 'note' };

/**
 * An inspection, and what a policy makes of it, as a SARIF 2.1.0 log. With a policy only its violations are failures;
 * what is accepted is suppressed with its reason, and other findings are information. Fingerprints are made of names,
 * not of devices or silo ids, so that they hold from run to run.
 */
export function composeSarif(parts: SarifParts): SarifLog {
  const { version, inspection, policy, simulated, past } = parts;
  const context = {
    ...parts,
    byId: new Map(inspection.namespaces.map(one => [one.id, one])),
    byDevice: devices(inspection),
  };
  const judged = policy === undefined ? undefined : [...policy.judgement.violations, ...policy.judgement.accepted];
  const named = new Set(judged?.flatMap(one => (one.kind === 'finding' ? [keyOf(one)] : [])));
  const rest = inspection.findings.filter(
    finding => !named.has(keyOf(finding)) && (policy === undefined || finding.code !== 'unc-leak'),
  );
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Siloscope', semanticVersion: version, rules: [...CODES.map(descriptor), notListedRule] },
        },
        // Readers close what a later run of the same name does not report: the past must not close the present.
        automationDetails: {
          id: `siloscope/${inspection.host.facts.machineName}/${past === undefined ? '' : 'past/'}`,
        },
        invocations: [
          {
            // What could not be listed may hide a violation.
            executionSuccessful: !inspection.gaps.some(hidesVolumes),
            endTimeUtc: inspection.takenAt,
            toolExecutionNotifications: [
              ...(past === undefined ? [] : pastNotifications(past, inspection.takenAt)),
              ...inspection.gaps.map(gap => notification(gap, context.byId)),
            ],
          },
        ],
        results: [
          ...(judged === undefined ? [] : grouped(judged).map(group => violationResult(group, context))),
          ...rest.map(finding => findingResult(finding, context)),
          ...notListed(context),
        ],
        columnKind: 'utf16CodeUnits',
        properties: {
          ...(past !== undefined && !past.isBuildKnown ? {} : { windowsBuild: inspection.host.facts.build }),
          simulated,
          ...(policy === undefined ? {} : { policy: policy.name }),
          ...(past === undefined ? {} : { past: true, moment: inspection.takenAt, journalLine: past.line }),
        },
      },
    ],
  };
}

interface Composing extends SarifParts {
  readonly byId: ReadonlyMap<NamespaceId, Namespace>;
  readonly byDevice: ReadonlyMap<string, InspectedVolume>;
}

const devices = ({ volumes }: Pick<Inspection, 'volumes'>): ReadonlyMap<string, InspectedVolume> =>
  new Map(volumes.map(volume => [volume.device, volume]));

function descriptor(code: FindingCode): SarifLog['runs'][number]['tool']['driver']['rules'][number] {
  const { title, what, help, severity } = findingKindWords[code];
  return {
    id: code,
    name: code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: what },
    help: { text: help },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

const notListedRule: ReturnType<typeof descriptor> = {
  id: NOT_LISTED,
  name: 'NotListed',
  shortDescription: { text: `${gapWords.title}.` },
  fullDescription: { text: gapWords.what },
  help: { text: gapWords.help },
  defaultConfiguration: { level: 'warning' },
};

/** One result for all that could not be listed: a failure where a policy is held against it and does not put up with it. */
function notListed(context: Composing): SarifResult[] {
  const { inspection, policy, byId } = context;
  const gaps = inspection.gaps.filter(hidesVolumes);
  if (gaps.length === 0) return [];
  const isAllowed = policy?.allowGaps === true;
  const text = gaps.slice(0, MOST_VIEWERS).map(gap => gapText(gap, byId));
  return [
    {
      ruleId: NOT_LISTED,
      ruleIndex: CODES.length,
      kind: isAllowed ? 'open' : 'fail',
      level: isAllowed ? 'none' : policy === undefined ? 'warning' : 'error',
      message: { text: sarifText(`${gapWords.what} ${text.join('; ')}.`) },
      ...places({ volumes: [], namespaces: [...new Set(gaps.map(({ namespace }) => namespace))] }, context),
      partialFingerprints: fingerprint(
        NOT_LISTED,
        { volumes: [], namespaces: gaps.map(one => one.namespace) },
        context,
      ),
    },
  ];
}

/** Sights of one volume on one ground are one result, however many namespaces see it. */
type Group = readonly [Violation, ...Violation[]];

function grouped(violations: readonly Violation[]): Group[] {
  const groups = groupBy(violations, one =>
    one.kind === 'sight'
      ? JSON.stringify([one.device, one.rule, one.visible, one.accepted, one.expired])
      : `finding ${keyOf(one)}`,
  );
  return [...groups.values()];
}

function violationResult(group: Group, context: Composing): SarifResult {
  const [first] = group;
  const { accepted } = first;
  const suppressions: SarifResult['suppressions'] =
    accepted === undefined
      ? undefined
      : [{ kind: 'external', status: 'accepted', justification: `${accepted.reason} (until ${accepted.until})` }];
  const common = {
    ruleId: first.code,
    ruleIndex: CODES.indexOf(first.code),
    kind: 'fail',
    level: 'error',
    ...(suppressions === undefined ? {} : { suppressions }),
  } as const;
  if (first.kind === 'finding') {
    return {
      ...common,
      message: { text: sarifText(first.summary) },
      ...places(first, context),
      partialFingerprints: fingerprint(first.code, first, context),
    };
  }
  const viewers = group.flatMap(one => (one.kind === 'sight' ? [one.seenFrom, ...one.others] : []));
  const more = group
    .slice(1)
    .map(({ summary }) => ` ${summary}`)
    .join('');
  const isTold = { volumes: [first.device], namespaces: viewers };
  return {
    ...common,
    message: { text: sarifText(`${first.summary}${more}`) },
    ...places(isTold, context, first.rule),
    partialFingerprints: fingerprint(`${first.code} ${first.visible} ${kindsOf(viewers)}`, isTold, context),
    properties: { evidence: [...new Set(group.flatMap(one => (one.kind === 'sight' ? [one.rank] : [])))] },
  };
}

function findingResult(finding: Finding, context: Composing): SarifResult {
  const fails = context.policy === undefined;
  return {
    ruleId: finding.code,
    ruleIndex: CODES.indexOf(finding.code),
    kind: fails ? 'fail' : 'informational',
    level: fails ? LEVELS[finding.severity] : 'none',
    message: { text: sarifText(`${finding.summary} ${finding.fix}`) },
    ...places(finding, context),
    partialFingerprints: fingerprint(finding.code, finding, context),
  };
}

interface Concerned {
  readonly volumes: readonly string[];
  readonly namespaces: readonly NamespaceId[];
}

/** Where it is: the volumes, or without one the namespaces; beside them who sees it. */
function places(
  { volumes, namespaces }: Concerned,
  { policy, byDevice, byId }: Composing,
  rule?: number,
): Pick<SarifResult, 'locations' | 'relatedLocations'> {
  const names =
    volumes.length > 0
      ? volumes.map(device => volumeLocation(device, byDevice, byId))
      : namespaces.map(id => viewerLocation(id, byId));
  const place = rule === undefined ? undefined : policy?.file?.placeOf(rule);
  const physical =
    policy?.file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: policy.file.uri },
            ...(place === undefined ? {} : { region: { startLine: place.line, startColumn: place.column } }),
          },
        };
  const name = namespaceNames([...byId.values()]);
  const logicalLocations = eachOnce(names);
  const viewers = volumes.length === 0 ? [] : namespaces.slice(0, MOST_VIEWERS);
  return {
    // One location: where the policy is written, and what it is about.
    locations:
      names.length === 0 && policy?.file === undefined
        ? []
        : [{ ...physical, ...(logicalLocations.length === 0 ? {} : { logicalLocations }) }],
    ...(viewers.length === 0
      ? {}
      : {
          relatedLocations: viewers.map(
            (id, index): SarifLocation => ({
              id: index + 1,
              message: { text: sarifText(`Concerns ${name(id)}.`) },
              logicalLocations: [viewerLocation(id, byId)],
            }),
          ),
        }),
  };
}

/** Two volumes of one namespace may have one name, and a list of places must not have one twice. */
function eachOnce(names: readonly Logical[]): Logical[] {
  return [...new Map(names.map(name => [name.fullyQualifiedName, name])).values()];
}

type Logical = NonNullable<SarifLocation['logicalLocations']>[number];

function volumeLocation(device: string, byDevice: Composing['byDevice'], byId: Composing['byId']): Logical {
  const volume = byDevice.get(device);
  const name = nameOf(volume, device);
  const home = volume === undefined ? 'unknown' : labelOf(volume.home, byId);
  return { name, fullyQualifiedName: `${home}/${name}`, kind: 'volume' };
}

function viewerLocation(id: NamespaceId, byId: Composing['byId']): Logical {
  const label = labelOf(id, byId);
  return { name: label, fullyQualifiedName: label, kind: 'namespace' };
}

/** By what a volume is known from run to run: its prefix, else its mount points; a device has another name each time. */
function nameOf(volume: InspectedVolume | undefined, device: string): string {
  if (volume === undefined) return escapeUntrusted(device, 200);
  const name = volume.uncPrefix ?? (volume.mountPoints.length > 0 ? volume.mountPoints.join(', ') : volume.kind);
  return escapeUntrusted(name, 200);
}

function labelOf(id: NamespaceId, byId: Composing['byId']): string {
  return id === HOST_NAMESPACE ? 'host' : escapeUntrusted(byId.get(id)?.label ?? id, 200);
}

/** The same thing has the same one in the next run, and after a restart of its container. */
function fingerprint(
  what: string,
  { volumes, namespaces }: Concerned,
  { byDevice, byId }: Composing,
): SarifResult['partialFingerprints'] {
  const things =
    volumes.length > 0
      ? volumes.map(device => volumeLocation(device, byDevice, byId).fullyQualifiedName)
      : namespaces.map(id => labelOf(id, byId));
  return { 'siloscope/v1': `${what} ${[...new Set(things)].sort().join(' ')}`.toLowerCase().slice(0, 1_000) };
}

function pastNotifications({ line, missing }: NonNullable<SarifParts['past']>, at: string) {
  const about = `This is about the past: what the journal knew at ${at} (line ${line}). Nothing was looked at for it.`;
  return [about, ...missing].map(text => ({ level: 'note' as const, message: { text: sarifText(text) } }));
}

function notification(gap: Gap, byId: Composing['byId']) {
  const level = hidesVolumes(gap) ? ('error' as const) : ('warning' as const);
  return { level, message: { text: sarifText(gapText(gap, byId)) } };
}

function gapText({ namespace, what, reason }: Gap, byId: Composing['byId']): string {
  return `${labelOf(namespace, byId)}: ${escapeUntrusted(what, 200)}: ${escapeUntrusted(reason, 400)}`;
}

/** Braces mark placeholders in a message, hence are doubled where they are meant. Ground: SARIF 2.1.0, 3.11.5. */
const sarifText = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}');

/** From where it is seen, apart from which silo: that changes from run to run. */
const kindsOf = (viewers: readonly NamespaceId[]): string =>
  [...new Set(viewers.map(id => id.replace(/:.*/, '')))].sort().join('+');

const keyOf = ({ code, volumes, namespaces }: Pick<Finding, 'code' | 'volumes' | 'namespaces'>): string =>
  JSON.stringify([code, volumes, namespaces]);
