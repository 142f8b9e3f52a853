import { hostname, release, userInfo } from 'node:os';
import type { Clock } from '../../../shared/base/clock.ts';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { CallContext, CallName, InputOf, OutputOf } from '../../../shared/contract/operation.ts';
import { gatherReport, namesIn, reportJson } from '../../../shared/contract/report.ts';
import type { BundleFile } from '../../../shared/domain/bundle.ts';
import { type Redactor, redactor } from '../../../shared/domain/report-redaction.ts';
import { countTakenOut, type TakenOutBy } from '../../../shared/domain/taken-out.ts';
import type { AppLog } from '../logs/follow-all-logs.ts';
import type { KnownValues } from '../secrets/known-values.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import { zipFile } from './zip-file.ts';

/** A bundle is asked together by the operations that a user would call one after the other. */
export type BundleHandlers = Pick<
  ServiceHandlers,
  | 'snapshot.take'
  | 'readiness.check'
  | 'inspection.take'
  | 'journal.read'
  | 'host.record'
  | 'settings.read'
  | 'secret.masking'
>;

export interface BundleSources {
  readonly clock: Clock;
  /** Absent: none is kept. */
  readonly appLog?: Pick<AppLog, 'files'> | undefined;
  /** Values of secrets, to be taken out wherever they stand. */
  readonly known: KnownValues;
}

type Ask = <N extends CallName<Contract>>(name: N, input: InputOf<Contract, N>) => Promise<OutputOf<Contract, N>>;

/** Gathers report, recording, settings and the app's own log. What cannot be had is told in its place; nothing is probed. */
export function bundleGatherer(
  handlers: BundleHandlers,
  { clock, appLog, known }: BundleSources,
): ServiceHandlers['bundle.gather'] {
  return async ({ siloscope }, { signal }) => {
    const ask = asker(handlers, signal);
    await known.refresh();
    const [report, recording, settings, { unmasked }, logs] = await Promise.all([
      gatherReport(siloscope, ask),
      orFault(ask('host.record', { elevate: 'no' }), signal),
      orFault(ask('settings.read', {}), signal),
      ask('secret.masking', {}),
      appLog?.files() ?? [],
    ]);
    const redact = redactor([...namesIn(report), hostname(), ...ownNames()]);
    const at = new Date(clock.now());
    const about = {
      siloscope,
      at: at.toISOString(),
      platform: process.platform,
      release: release(),
      arch: process.arch,
      node: process.versions.node,
      // What nobody could take out of what follows, by name.
      secretsNotMasked: unmasked,
    };
    const file = (name: string, content: string, by: TakenOutBy = 'mark'): BundleFile =>
      bundleFile(name, known.mask.text(content, '<secret>'), by);
    const files = [
      file('about.json', pretty(about)),
      // The report knows the names of the host; those of the machine Siloscope runs on are others, over SSH.
      file('report.json', pretty(redact.json(JSON.parse(reportJson(report))))),
      file('recording.json', pretty(redact.json(recording)), 'stand-in'),
      file('settings.json', pretty(redact.json(settings))),
      ...logs.map(({ name, content }) => file(`logs/${name}`, redactLines(content, redact))),
    ];
    return { files, archive: zipFile(files, at).toString('base64'), unmasked };
  };
}

const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function bundleFile(name: string, content: string, by: TakenOutBy): BundleFile {
  return { name, content, bytes: Buffer.byteLength(content), takenOut: countTakenOut(content, by), by };
}

function asker(handlers: BundleHandlers, signal: AbortSignal): Ask {
  const loose = handlers as Readonly<Record<string, (input: unknown, context: CallContext<unknown>) => unknown>>;
  return async <N extends CallName<Contract>>(name: N, input: InputOf<Contract, N>) => {
    const handler = loose[name];
    if (handler === undefined) throw new TypeError(`no handler for ${name}`);
    const answer = await handler(contract[name].input.parse(input), { signal, progress: () => undefined });
    return answer as OutputOf<Contract, N>;
  };
}

/** A host that is broken is what bundles are for. */
async function orFault(asked: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  try {
    return await asked;
  } catch (caught) {
    const fault = faultOf(caught);
    if (signal.aborted || fault.code === 'cancelled') throw caught;
    return { fault };
  }
}

/** An account that the system has no name for has none to take out. */
function ownNames(): readonly string[] {
  try {
    return [userInfo().username];
  } catch {
    return [];
  }
}

/** A line is redacted as what it says: written as JSON, a path has two backslashes where a rule looks for one. */
function redactLines(content: string, { text, json }: Redactor): string {
  const redactLine = (line: string): string => {
    try {
      return JSON.stringify(json(JSON.parse(line)));
    } catch {
      return text(line.replaceAll('\\\\', '\\'));
    }
  };
  return content
    .split('\n')
    .map(line => (line === '' ? line : redactLine(line)))
    .join('\n');
}
