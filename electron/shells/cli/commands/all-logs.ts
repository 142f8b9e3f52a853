import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { LogFilter, type LogLine, LogOrigin, LogSeverity } from '../../../../shared/domain/log-line.ts';
import type { Context } from '../context.ts';
import { bad, doubtful, faint, type Text } from '../text/style.ts';
import { warnOfUnmasked } from '../warn-of-unmasked.ts';

export interface AllLogsOptions {
  readonly follow?: boolean;
  readonly tail?: number;
  readonly origin: readonly string[];
  readonly severity?: string;
  readonly text?: string;
}

/** `logs --all`: every log on one clock, a line each. */
export async function allLogs(context: Context, options: AllLogsOptions): Promise<number> {
  const { follow = false, tail } = options;
  const filter = filterOf(options);
  const input = { follow, filter, ...(tail === undefined ? {} : { tail }) };
  try {
    const { lines: count } = await context.withSession(async session => {
      await warnOfUnmasked(context, session);
      return session.call('log.follow', input, ({ lines }) => {
        for (const line of lines) context.line(line, page => page.text(written(line), { hang: 4 }));
      });
    });
    if (count === 0) context.remark(page => page.text(faint('No line fits.')));
  } catch (caught) {
    // Ctrl-C is how one stops following: nothing was cancelled by it.
    if (!follow || !(caught instanceof FaultError) || caught.fault.code !== 'cancelled') throw caught;
  }
  return EXIT_CODES.done;
}

function filterOf({ origin, severity, text }: AllLogsOptions): LogFilter {
  const asked = {
    ...(origin.length === 0 ? {} : { origins: origin }),
    ...(severity === undefined ? {} : { severity }),
    ...(text === undefined ? {} : { text }),
  };
  const read = LogFilter.safeParse(asked);
  if (read.success) return read.data;
  const isOrigin = origin.some(name => !LogOrigin.safeParse(name).success);
  const known = isOrigin ? LogOrigin.options : LogSeverity.options;
  const message = `expected ${known.join(', ')}`;
  throw new FaultError({
    code: 'invalid-input',
    issues: [{ path: isOrigin ? '--origin' : '--severity', message }],
  });
}

function written({ at, origin, severity, subject, name = subject, text, what }: LogLine): Text {
  const time = faint(`${new Date(at).toISOString().replace('T', ' ')}  `);
  // A program does not say whose its lines are; our own words do.
  const who = `${origin}${name === undefined || what !== undefined ? '' : ` ${name}`}  `;
  const said = severity === 'error' ? bad(text) : severity === 'warning' ? doubtful(text) : text;
  return [time, faint(who), said];
}
