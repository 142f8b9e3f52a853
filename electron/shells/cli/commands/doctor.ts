import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { JudgedFact } from '../../../../shared/domain/inferred-fact.ts';
import { judgeInferredFacts } from '../../../../shared/domain/inferred-facts.ts';
import type { Recording } from '../../../../shared/domain/recording.ts';
import { readRecording } from '../../../hosts/recording/read-recording.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';
import { teach } from '../teach.ts';
import { ELEVATE_TEXT, remarkPrompt } from '../text/elevate-text.ts';
import { writeFacts } from '../text/facts-text.ts';
import { remarkLeftBehind } from '../text/left-behind.ts';
import { writeReadiness } from '../text/readiness-text.ts';
import { writeUserFile } from '../write-user-file.ts';
import { type BundleOptions, bundle } from './doctor-bundle.ts';
import { type IsolationOptions, testIsolation } from './doctor-isolation.ts';

interface DoctorOptions extends IsolationOptions, BundleOptions {
  readonly isolation?: boolean;
  readonly facts?: boolean;
  readonly record?: string;
  readonly elevate?: boolean;
}

export function addDoctor(program: Command, act: Act): void {
  const doctor = program
    .command('doctor')
    .description('check that file systems can be launched here, with the next step for what is missing (exit 3)')
    .option('--facts', 'also judge what Siloscope infers of Windows by what this host answers')
    .option('--record <file>', 'write down what this host answers to harmless questions, redacted; implies --facts')
    .option('--bundle <file>', 'write report, recording, settings and logs into one zip to pass on, redacted')
    .option('--preview', 'with --bundle: show what would be in it, and write nothing')
    .option('--elevate', `with --facts or --record: ${ELEVATE_TEXT}, who answers more of the questions`)
    .option(
      '--isolation',
      'launch a network and a disk file system with a token each, try every way into them, remove both',
    )
    .option('--image <ref>', 'with --isolation: the base image of its containers')
    .option('--plain-unc', 'with --isolation: also open the plain UNC name, which may go out on the network')
    .option('--history', 'with --isolation: list earlier self-tests')
    .option('--compare [id]', 'with --isolation: the last self-test beside an earlier one, by default the one before')
    .action(
      act((context, options: DoctorOptions) => {
        if (options.bundle !== undefined || options.preview === true) return bundle(context, options);
        return options.isolation === true ? testIsolation(context, options) : check(context, options);
      }),
    );
  teach(doctor, {
    prose: [
      'A recording holds answers of sc, reg, fsptool, hcsdiag, net, dir, whoami and PowerShell (versions of files), of the Docker Engine and its last events, of the object namespace, of the kernel about jobs and processes of containers, of WinFsp and of the MUP. Names of machines, servers and accounts, SIDs, addresses and GUIDs are replaced, environments, labels and commands left out. Read it before you send it. --host recording:FILE serves it again.',
      'A bundle holds what an issue needs: the report, a recording, the settings and the log of the app. What says who and where is taken out, and --preview shows what is left, word for word.',
      'A self-test of the isolation opens nothing but what it mounted itself, is kept with its Windows, WinFsp and image, and ends with 6 when something was reached that by the rule cannot be. Those of simulated hosts are kept apart.',
    ],
    examples: [
      'siloscope doctor --isolation',
      'siloscope doctor --record host.json',
      'siloscope doctor --bundle siloscope.zip --preview',
      'siloscope doctor --host recording:host.json',
    ],
  });
}

/** Options that mean nothing without --isolation. */
const OF_ISOLATION = ['image', 'plainUnc', 'history', 'compare'] as const;

async function check(context: Context, options: DoctorOptions): Promise<number> {
  const stray = OF_ISOLATION.find(option => options[option] !== undefined);
  if (stray !== undefined) {
    const path = stray === 'plainUnc' ? '--plain-unc' : `--${stray}`;
    throw new FaultError({ code: 'invalid-input', issues: [{ path, message: 'needs --isolation' }] });
  }
  const { answer, recording } = await context.withSession(async session => {
    await remarkLeftBehind(context, session);
    return {
      answer: await session.call('readiness.check', {}),
      recording: await recordingOf(context, session, options),
    };
  });
  if (options.record !== undefined && recording !== undefined) {
    await writeUserFile(options.record, `${JSON.stringify(recording, undefined, 1)}\n`, '--record');
  }
  const judged =
    recording === undefined ? {} : { simulated: recording.simulated, facts: judgeInferredFacts(recording) };
  const recorded = options.record === undefined ? {} : { recorded: options.record };
  context.answer({ ...answer, ...judged, ...recorded }, page => {
    writeReadiness(page, answer);
    if (recording !== undefined) writeFacts(page, factsOf(judged), recording.simulated);
    if (options.record !== undefined) page.gap().text(`Recorded: ${options.record}`);
  });
  return answer.ready ? EXIT_CODES.done : EXIT_CODES.notReady;
}

const factsOf = (judged: { readonly facts?: readonly JudgedFact[] }): readonly JudgedFact[] => judged.facts ?? [];

/** A recording is judged as it stands; any other host is asked. */
async function recordingOf(
  context: Context,
  session: Session,
  { facts, record, elevate }: DoctorOptions,
): Promise<Recording | undefined> {
  const target = context.target();
  if (target.kind === 'recording') return readRecording(await readFile(target.file, 'utf8'), target.file);
  if (facts !== true && record === undefined) return undefined;
  await remarkPrompt(context, session, elevate);
  return session.call('host.record', { elevate: elevate === true ? 'ask' : 'no' });
}
