import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { LaunchInput } from '../../../../shared/domain/launch.ts';
import { isTooShort } from '../../../../shared/domain/secret-parts.ts';
import { TOO_SHORT_TO_MASK } from '../../../../shared/wording/word-secret.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { gather } from '../gather.ts';
import { launchProgress, withProgress } from '../progress.ts';
import { readSecrets } from '../secret-source.ts';
import { teach } from '../teach.ts';
import { remarkFleeting } from '../text/fleeting.ts';
import { writeLaunched, writePlan } from '../text/launch-text.ts';
import { visibilityTable } from '../text/matrix-text.ts';
import { doubtful, faint, good } from '../text/style.ts';
import { wholeNumber } from '../whole-number.ts';

interface LaunchOptions {
  readonly name?: string;
  readonly image?: string;
  readonly isolation?: 'process' | 'hyperv';
  readonly mountPoint?: string;
  readonly uncPrefix?: string;
  readonly pull?: 'missing' | 'always' | 'never';
  readonly startFsd: boolean;
  readonly env?: Record<string, string>;
  readonly label?: Record<string, string>;
  readonly volume?: string[];
  readonly secret?: string[];
  readonly wait?: number;
  readonly dryRun?: boolean;
}

export function addLaunch(program: Command, act: Act): void {
  const made = program
    .command('launch')
    .description('run a file system in a process-isolated container, and show the volume it brings')
    .usage('[options] PROFILE | -- COMMAND...')
    .argument('[profile]', 'see "siloscope profiles"; or give the command line behind --')
    .option('--name <name>', "the container's name; default: one is proposed")
    .option('--image <reference>', 'the base image; default: the best local match for the host')
    .addOption(new Option('--isolation <kind>', 'WinFsp works under process only').choices(['process', 'hyperv']))
    .option('--mount-point <letter>', 'where it is mounted inside, such as Y:')
    .option('--unc-prefix <prefix>', 'makes it a network volume: \\class\\instance')
    .addOption(new Option('--pull <when>', 'default: missing').choices(['missing', 'always', 'never']))
    .option('--no-start-fsd', 'fail when the FSD is stopped, instead of starting it')
    .option('-e, --env <name=value>', 'set a variable in the container (can be repeated)', pair)
    .option('-l, --label <name=value>', 'label the container (can be repeated)', pair)
    .option(
      '-v, --volume <bind>',
      'a bind as Docker writes it on Windows, C:\\from:C:\\to[:ro] (can be repeated)',
      gather,
    )
    .option(
      '--secret <name=source>',
      'a secret of the profile, for this launch alone: NAME=@FILE, NAME=- or NAME=env:VARIABLE (can be repeated)',
      gather,
    )
    .option('--wait <seconds>', 'how long the volume may take to appear (default: 20)', wholeNumber(1, 3_600))
    .option('--dry-run', 'show the plan, who will see the volume, and the docker run line; do nothing')
    .action(act(launch));
  teach(made, {
    prose: [
      `By what WinFsp documents a disk volume stays in its silo, and a network volume (one with a UNC prefix) is reached from the host as well, because silos share the host's MUP; that other silos reach it is inferred. --dry-run predicts it before it happens; "inspect --probe --canary" proves it afterwards.`,
    ],
    examples: [
      'siloscope launch memfs-disk --mount-point Z:',
      "siloscope launch memfs-network --unc-prefix '\\memfs\\share' --dry-run",
      "siloscope launch --name a -- 'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe' -i -F NTFS -m Z:",
    ],
  });
}

async function launch(context: Context, profile: string | undefined, options: LaunchOptions): Promise<number> {
  const secrets = await readSecrets(options.secret ?? [], context.io, '--secret');
  for (const [name, value] of Object.entries(secrets ?? {})) {
    if (isTooShort(value)) context.remark(page => page.text(doubtful(`${name}: ${TOO_SHORT_TO_MASK}`)));
  }
  const input = { ...inputOf(context, profile, options), ...(secrets === undefined ? {} : { secrets }) };
  if (options.dryRun === true) {
    const { plan, namespaces } = await context.withSession(async session => ({
      plan: await session.call('launch.plan', input),
      namespaces: (await session.call('inspection.take', {})).namespaces,
    }));
    context.answer(plan, page => {
      writePlan(page, plan);
      for (const warning of plan.warnings) page.text([doubtful('[!] '), warning], { hang: 4 });
      page.heading('Who is expected to see it, as the rules predict');
      page.table(visibilityTable(plan.predicted, namespaces));
      for (const { uncPrefix, label, cells } of plan.touched ?? []) {
        page.heading(`What would change for \\${uncPrefix} of ${label}`);
        page.table(visibilityTable(cells, namespaces));
      }
      if (plan.freePrefix !== undefined) {
        page.gap().text([good('[ok] '), `Free: ${plan.freePrefix}`, faint(' (--unc-prefix)')]);
      }
      page.heading('The same with the docker CLI').command(plan.dockerRun);
    });
    return EXIT_CODES.done;
  }
  const { launched, fleeting } = await context.withSession(async session => ({
    launched: await withProgress(launchProgress(context), told => session.call('filesystem.launch', input, told)),
    fleeting: session.fleeting,
  }));
  context.answer(launched, page => {
    writeLaunched(page, launched);
    for (const warning of launched.plan.warnings) page.text([doubtful('[!] '), warning], { hang: 4 });
    page.gap().text('Who can see it:').command(launched.siloscopeCommand);
  });
  if (fleeting) remarkFleeting(context);
  return EXIT_CODES.done;
}

function inputOf(context: Context, profile: string | undefined, options: LaunchOptions): z.input<typeof LaunchInput> {
  const command = context.commandLine;
  if ((profile === undefined) === (command === undefined)) {
    const message = 'expected either a profile (see "siloscope profiles") or a command line behind --';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'profile', message }] });
  }
  const { name, image, isolation, mountPoint, uncPrefix, pull, startFsd, env, label, volume, wait } = options;
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(command === undefined ? {} : { command: [...command] }),
    ...(name === undefined ? {} : { name }),
    ...(image === undefined ? {} : { image }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(mountPoint === undefined ? {} : { mountPoint }),
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    ...(pull === undefined ? {} : { pull }),
    startFsd,
    ...(env === undefined ? {} : { environment: env }),
    ...(label === undefined ? {} : { labels: label }),
    ...(volume === undefined ? {} : { binds: volume }),
    ...(wait === undefined ? {} : { waitMs: wait * 1000 }),
  };
}

function pair(text: string, earlier: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value.');
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) };
}
