import { composeCmdLine } from '../../../../shared/domain/cmd-line.ts';
import type { Launched, LaunchPlan, LaunchProgress } from '../../../../shared/domain/launch.ts';
import { maskArguments } from '../../../../shared/domain/secrets.ts';
import { wordLaunchStep } from '../../../../shared/wording/word-launch.ts';
import { wordDelivery, wordSecretState } from '../../../../shared/wording/word-secret.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint, good, type Span, strong, type Text } from './style.ts';
import { volumeLabel } from './volume-label.ts';

const MARKS: Record<LaunchProgress['state'], Span> = {
  started: doubtful('[..]  '),
  done: good('[ok]  '),
  skipped: faint('[-]   '),
  failed: bad('[FAIL]'),
  undone: faint('[undo]'),
};

/** `[ok]   start the FSD: WinFsp+2.1`. */
export function launchStepLine({ step, state, note }: LaunchProgress): Text {
  return [MARKS[state], ` ${wordLaunchStep(step)}`, ...(note === undefined ? [] : [faint(`: ${note}`)])];
}

/** What a launch would do. */
export function writePlan(page: Page, plan: LaunchPlan): void {
  const where = [plan.mountPoint, plan.uncPrefix === undefined ? undefined : `\\${plan.uncPrefix}`];
  page.table({
    columns: ['', ''],
    rows: [
      [faint('container'), strong(plan.name)],
      [faint('image'), plan.image],
      [faint('isolation'), plan.isolation],
      [
        faint('volume'),
        `${plan.kind ?? 'of a kind that shows once it is mounted'}, ${where.filter(Boolean).join(' and ') || 'place chosen by the file system'}`,
      ],
      [faint('command'), composeCmdLine(maskArguments(plan.command))],
      ...plan.binds.map(bind => [faint('bind'), bind]),
      ...(plan.secrets ?? []).map(secret => [
        faint('secret'),
        `${secret.name}, ${wordSecretState(secret.state)}${secret.optional ? ' (optional)' : ''}: ${wordDelivery(secret)}`,
      ]),
    ],
  });
}

/** What a launch did. */
export function writeLaunched(page: Page, { container, volumes, listing }: Launched): void {
  page.text([good('[ok] '), strong(container.name), ` runs on ${container.image}, ${container.isolation} isolation.`]);
  for (const volume of volumes) {
    const at =
      volume.uncPrefix !== undefined && volume.mountPoints.length > 0
        ? `, mounted on ${volume.mountPoints.join(', ')} inside`
        : '';
    page.text(`${volumeLabel(volume)} is its ${volume.kind} volume${at}.`, { indent: 5 });
  }
  page
    .gap()
    .text(faint(`Listed from inside (${listing.path}):`))
    .verbatim(listing.output, 4);
}
