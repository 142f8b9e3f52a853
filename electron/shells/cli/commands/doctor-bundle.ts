import { readFile } from 'node:fs/promises';
import { homedir, hostname, release, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { EXIT_CODES, FaultError, faultOf } from '../../../../shared/contract/fault.ts';
import { gatherReport, namesIn, reportJson } from '../../../../shared/contract/report.ts';
import { type Redactor, redactor } from '../../../../shared/domain/report-redaction.ts';
import { logFiles } from '../../serving/event-log.ts';
import { userFolder } from '../../serving/user-folder.ts';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';
import { VERSION } from '../version.ts';
import { writeUserFile } from '../write-user-file.ts';
import { type ZippedFile, zipFile } from '../zip-file.ts';

export interface BundleOptions {
  readonly bundle?: string;
  readonly preview?: boolean;
}

/** What redaction puts in the place of what it takes. */
const MARKS = ['<user>', '<host>', '<account>', '<address>', '<machine>', '<secret>'] as const;

/**
 * `doctor --bundle FILE`: everything that helps others to help, redacted, as one archive; `--preview` shows what would be in
 * it and writes nothing.
 */
export async function bundle(context: Context, { bundle: file, preview = false }: BundleOptions): Promise<number> {
  if (file === undefined) {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--preview', message: 'needs --bundle FILE' }] });
  }
  const files = await context.withSession(session => gather(context, session));
  if (preview) {
    context.answer({ files: files.map(listed), texts: files }, page => {
      for (const { name, content } of files) page.heading(name).verbatim(content, 0);
    });
    return EXIT_CODES.done;
  }
  await writeUserFile(file, zipFile(files, new Date(context.io.clock.now())), '--bundle', 0o600);
  context.answer({ written: file, files: files.map(listed) }, page => {
    page.table({
      columns: ['file', 'bytes', 'taken out'],
      rows: files.map(listed).map(({ name, bytes, takenOut }) => [name, String(bytes), String(takenOut)]),
    });
    page.gap().text(`Written to ${file}. Read it before you pass it on: --preview shows the same.`);
  });
  return EXIT_CODES.done;
}

async function gather(context: Context, session: Session): Promise<ZippedFile[]> {
  const [report, recording, settings] = await Promise.all([
    gatherReport(VERSION, (name, input) => session.call(name, input)),
    orFault(session.call('host.record', { elevate: 'no' })),
    orFault(session.call('settings.read', {})),
  ]);
  const { env, platform, clock } = context.io;
  const redact = redactor([...namesIn(report), hostname(), userInfo().username]);
  const folder = join(userFolder({ env, platform, home: homedir() }), 'logs');
  const about = {
    siloscope: VERSION,
    at: new Date(clock.now()).toISOString(),
    platform,
    release: release(),
    arch: process.arch,
    node: process.versions.node,
  };
  const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return [
    { name: 'about.json', content: pretty(about) },
    { name: 'report.json', content: reportJson(report) },
    { name: 'recording.json', content: pretty(redact.json(recording)) },
    { name: 'settings.json', content: pretty(redact.json(settings)) },
    ...(await logs(folder)).map(({ name, content }) => ({
      name: `logs/${name}`,
      content: redactLines(content, redact),
    })),
  ];
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

/** A host that is broken is what bundles are for. */
async function orFault(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (caught) {
    const fault = faultOf(caught);
    if (fault.code === 'cancelled') throw caught;
    return { fault };
  }
}

async function logs(folder: string): Promise<ZippedFile[]> {
  const read = logFiles(folder).map(async file => {
    const content = await readFile(file, 'utf8').catch(() => undefined);
    return content === undefined ? [] : [{ name: basename(file), content }];
  });
  return (await Promise.all(read)).flat();
}

function listed({ name, content }: ZippedFile): {
  readonly name: string;
  readonly bytes: number;
  readonly takenOut: number;
} {
  const takenOut = MARKS.reduce((sum, mark) => sum + content.split(mark).length - 1, 0);
  return { name, bytes: Buffer.byteLength(content), takenOut };
}
