import type { ReadinessCheck } from '../../../../shared/domain/readiness.ts';
import type { SshConnection } from '../../../../shared/domain/ssh-connection.ts';
import { wordCheck } from '../../../../shared/wording/word-readiness.ts';
import { wordSshConnection } from '../../../../shared/wording/word-ssh.ts';
import type { Page } from './page.ts';
import { bad, doubtful, good, type Span } from './style.ts';

const STATES: Record<ReadinessCheck['state'], Span> = {
  ok: good('[ok]  '),
  warning: doubtful('[!]   '),
  failed: bad('[FAIL]'),
  unknown: doubtful('[?]   '),
};

/** The checks of `doctor`, one block each, then the verdict. */
export function writeReadiness(
  page: Page,
  {
    ready,
    checks,
    ssh,
  }: {
    readonly ready: boolean;
    readonly checks: readonly ReadinessCheck[];
    readonly ssh?: SshConnection | undefined;
  },
): void {
  if (ssh !== undefined) {
    const [first = '', ...more] = wordSshConnection(ssh);
    page.text(['[ssh]  ', first], { hang: 7 });
    for (const line of more) page.text(line, { indent: 7, hang: 9 });
  }
  for (const check of checks) {
    page.text([STATES[check.state], ` ${wordCheck(check.code)}: ${check.found}`], { hang: 7 });
    if (check.fix !== undefined) page.text(`Fix: ${check.fix}`, { indent: 7 });
    if (check.command !== undefined) page.command(check.command, 9);
  }
  page
    .gap()
    .text(
      ready ? [good('Ready.'), ' A file system can be launched.'] : [bad('Not ready.'), ' See the lines marked above.'],
    );
}
