import { Command, Option } from 'commander';
import { EXIT_CODES } from '../../../shared/contract/fault.ts';
import { VERSION } from '../serving/version.ts';
import type { Act } from './act.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEngine } from './commands/engine.ts';
import { addExplain } from './commands/explain.ts';
import { addFix } from './commands/fix.ts';
import { addFsd } from './commands/fsd.ts';
import { addHosts } from './commands/hosts.ts';
import { addImages } from './commands/images.ts';
import { addInspect } from './commands/inspect.ts';
import { addJournal } from './commands/journal.ts';
import { addLaunch } from './commands/launch.ts';
import { addList } from './commands/list.ts';
import { addLogs } from './commands/logs.ts';
import { addLook } from './commands/look.ts';
import { addMup } from './commands/mup.ts';
import { addNamespace } from './commands/namespace.ts';
import { addPolicy } from './commands/policy.ts';
import { addProfiles } from './commands/profiles.ts';
import { addReport } from './commands/report.ts';
import { addSecrets } from './commands/secrets.ts';
import { addServe, addSim } from './commands/serve.ts';
import { addSettings } from './commands/settings.ts';
import { addStop } from './commands/stop.ts';
import { addTerminal } from './commands/terminal.ts';
import { addTour } from './commands/tour.ts';
import { addUnwritten } from './commands/unwritten.ts';
import { addWatch } from './commands/watch.ts';
import { addWorkspaces } from './commands/workspaces.ts';
import type { Io } from './io.ts';
import { teach } from './teach.ts';
import { styleFor } from './text/style.ts';

/** In the order in which the help lists them: as one needs them. */
const GROUPS: readonly (readonly [string, readonly ((program: Command, act: Act) => void)[]])[] = [
  ['Get ready:', [addTour, addDoctor, addFsd, addEngine, addImages, addProfiles, addSecrets, addHosts, addSettings]],
  ['Run file systems:', [addLaunch, addList, addLogs, addTerminal, addStop, addWorkspaces, addUnwritten]],
  ['See who sees what:', [addInspect, addLook, addFix, addPolicy, addNamespace, addMup, addJournal, addWatch]],
  ['When something fails:', [addExplain, addReport]],
  ['For other programs:', [addServe, addSim]],
];

const EXITS: readonly (readonly [number, string])[] = [
  [EXIT_CODES.done, 'done'],
  [EXIT_CODES.bug, 'a mistake of Siloscope'],
  [EXIT_CODES.askedWrongly, 'asked wrongly'],
  [EXIT_CODES.notReady, 'not ready: something is missing, see "doctor"'],
  [EXIT_CODES.outOfReach, 'out of reach: host, engine, a right, or time'],
  [EXIT_CODES.refused, 'refused, or taken'],
  [EXIT_CODES.policyViolated, 'a policy is violated'],
  [EXIT_CODES.cancelled, 'cancelled, and undone'],
];

const LESSON = {
  prose: ['Exit codes:'],
  terms: EXITS.map(([code, meaning]) => [String(code), meaning] as const),
  examples: [
    'siloscope tour',
    'siloscope inspect --scenario winfsp-container-support --probe --canary',
    'siloscope sim --listen tcp://127.0.0.1:2375',
    'siloscope help launch',
  ],
};

/** The whole command line as commander knows it. */
export function createProgram(io: Io, hasCommandLine: boolean, act: Act): Command {
  const width = styleFor(io.stdout, io.env, false).width;
  const program = new Command('siloscope')
    .description(
      'Run WinFsp file systems in process-isolated Windows containers (server silos), and see who can see each volume.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      // Complaints are worded by run.ts, in one place and one shape.
      writeErr: () => undefined,
      getOutHelpWidth: () => width,
      getOutHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true })
    .helpOption('-h, --help', 'explain this')
    .addOption(
      new Option(
        '--host <host>',
        'local, simulated, ssh://user@host or recording:FILE (default: local on Windows, else simulated)',
      ),
    )
    .addOption(
      new Option(
        '--host-key <fingerprint>',
        'the one key (SHA256:...) that an SSH host may have; pinned when it is new',
      ),
    )
    .addOption(
      new Option('--scenario <file|name>', 'a simulated host: a scenario file, or the name of one that comes along'),
    )
    .addOption(new Option('--connect <url>', 'a running "siloscope serve" or "sim" (or set SILOSCOPE_CONNECT)'))
    .addOption(new Option('--json', 'the answer as JSON and nothing else on stdout, faults too'))
    .addOption(new Option('--no-color', 'no colours (NO_COLOR does the same)'))
    .addOption(new Option('-q, --quiet', 'no progress and no remarks on stderr'));
  for (const [title, commands] of GROUPS) {
    program.commandsGroup(title);
    for (const add of commands) add(program, act);
  }
  program.commandsGroup('When something fails:').helpCommand('help [command]', 'explain a command');
  teach(program, LESSON);
  program.hook('preAction', (_, called) => {
    if (hasCommandLine && !['launch', 'explain', 'terminal'].includes(called.name())) {
      called.error(`${called.name()} takes nothing behind --`);
    }
  });
  return program;
}
