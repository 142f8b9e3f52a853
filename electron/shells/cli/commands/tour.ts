import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Inspection } from '../../../../shared/domain/inspection.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { ownSimulation } from '../global-options.ts';
import { launchProgress, withProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { teach } from '../teach.ts';
import { fsdLine } from '../text/fsd-text.ts';
import { writeInspection } from '../text/inspection-text.ts';
import { writeLaunched } from '../text/launch-text.ts';
import type { Page } from '../text/page.ts';
import { writeReadiness } from '../text/readiness-text.ts';
import { command, faint, strong } from '../text/style.ts';
import { volumeLabel } from '../text/volume-label.ts';

export function addTour(program: Command, act: Act): void {
  const made = program
    .command('tour')
    .alias('demo')
    .description('walk the main job on a simulated host: from the stopped FSD to the found and explained leak')
    .action(act(tour));
  teach(made, { prose: ['Every step is done by the services, and shows the command that does the same.'] });
}

async function tour(context: Context): Promise<number> {
  const target = ownSimulation(context.options, 'tour');
  const step = stepTeller(context);
  if (context.options.json !== true) {
    context.line(undefined, page =>
      page
        .text([strong('Siloscope, a tour'), ` on a simulated Windows host, scenario "${target.scenario}".`])
        .text(faint('The host is simulated; the services are the real ones, and each step shows its command.')),
    );
  }
  await context.withSession(async session => {
    await step('Can file systems be launched here?', 'siloscope doctor', {
      work: () => session.call('readiness.check', {}),
      write: writeReadiness,
    });
    await step('Start the kernel driver; nobody needs to be an administrator for that', 'siloscope fsd start', {
      work: () => session.call('fsd.start', {}),
      write: (page, fsd) => page.text(fsdLine(fsd)),
    });
    await launchStep(context, session, step, 'memfs-disk', 'A file system in a container of its own, as a disk');
    await launchStep(context, session, step, 'memfs-network', 'The same file system once more, with a UNC prefix');
    const inspection = await step(
      'Who can see which volume? Probed, and proven with a canary',
      'siloscope inspect --probe --canary',
      { work: () => session.call('inspection.take', { probe: true, canary: true }), write: writeInspection },
    );
    if (context.options.json !== true) context.line(undefined, page => writeWayOut(page, inspection));
  }, target);
  return EXIT_CODES.done;
}

interface Deed<T> {
  readonly work: () => Promise<T>;
  readonly write: (page: Page, answer: T) => void;
}

type Step = <T>(title: string, line: string, deed: Deed<T>) => Promise<T>;

/** Announces each step, does it, and tells what came of it; as JSON one line a step. */
function stepTeller(context: Context): Step {
  let number = 0;
  return async (title, line, { work, write }) => {
    number += 1;
    if (context.options.json !== true) {
      context.line(undefined, page =>
        page
          .text('')
          .text(strong(`${number}. ${title}`))
          .text([faint('$ '), command(line)]),
      );
    }
    const answer = await work();
    context.line({ step: number, title, command: line, answer }, page => write(page.text(''), answer));
    return answer;
  };
}

async function launchStep(
  context: Context,
  session: Session,
  step: Step,
  profile: string,
  title: string,
): Promise<void> {
  await step(title, `siloscope launch ${profile}`, {
    work: () => withProgress(launchProgress(context), told => session.call('filesystem.launch', { profile }, told)),
    write: writeLaunched,
  });
}

function writeWayOut(page: Page, { volumes, namespaces }: Inspection): void {
  const leaked = volumes.find(volume => volume.verdict === 'leaked');
  const owner = namespaces.find(namespace => namespace.id === leaked?.home)?.container;
  page.text('');
  if (leaked !== undefined && owner !== undefined) {
    page.text(strong(`Keep it private: give ${volumeLabel(leaked)} up, launch the same file system as a disk`));
    page.command(`siloscope stop ${owner.name}`);
    page.command(`siloscope launch memfs-disk --mount-point ${leaked.mountPoints[0] ?? 'Y:'}`);
  }
  page.gap().text(strong('What to type next'));
  for (const [line, why] of [
    ['siloscope sim --listen tcp://127.0.0.1:2375', 'keep a simulated host, for docker and for --connect'],
    ['siloscope inspect --scenario noisy-neighbours', '40 containers, collisions, a shadowed server'],
    ['siloscope launch memfs-network --dry-run', 'who will see a volume, before it is there'],
    ['siloscope --help', 'every command, with examples'],
  ] as const) {
    page.command(line).text(faint(why), { indent: 6 });
  }
}
