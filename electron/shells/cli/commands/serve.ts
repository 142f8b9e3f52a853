import { type Command, Option } from 'commander';
import { EXIT_CODES, type Fault, FaultError } from '../../../../shared/contract/fault.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import { wordOpenEndpoint } from '../../../../shared/wording/word-open-endpoint.ts';
import type { Listening, LocalServices } from '../../serving/local-services.ts';
import { seldom } from '../../serving/seldom.ts';
import type { WebServer } from '../../serving/web-server.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { ownSimulation, type Target, targetOf } from '../global-options.ts';
import { teach } from '../teach.ts';
import { strong } from '../text/style.ts';
import { untilAborted } from '../until-aborted.ts';
import { wholeNumber } from '../whole-number.ts';
import { AT_SIGN_IN, type AtSignIn, serveAtSignIn } from './serve-at-sign-in.ts';

const SERVED =
  'It prints two addresses, one for a browser and one for --connect. Both carry a token behind their #: a new one at each start, good until the server ends. Whoever has it can stop file systems, so it listens on the loopback address only, and the token never stands in a request line.';

const AT_SIGN_IN_PROSE =
  'With --at-sign-in nothing is served now: Windows is told to start this line, with its --host and --port, for you alone and without an administrator; on Server Core by Task Scheduler. Workspaces that are kept come back with it.';

export function addServe(program: Command, act: Act): void {
  const served = program
    .command('serve')
    .description('serve this host to browsers and to other Siloscope commands, until Ctrl-C')
    .option('--port <number>', 'default: a free one', wholeNumber(0, 65_535))
    .option('--listen <endpoint>', 'simulated host only: a Docker endpoint for stock clients, see "sim"')
    .addOption(
      new Option(
        '--at-sign-in <what>',
        'Windows: have it started whenever you sign in, and end; or not any more',
      ).choices(AT_SIGN_IN),
    )
    .action(
      act((context, options: ServeOptions) => {
        const target = servedTarget(context);
        const { atSignIn, port } = options;
        return atSignIn === undefined
          ? serve(context, target, options)
          : serveAtSignIn(context, atSignIn, target, port);
      }),
    );
  teach(served, {
    prose: [SERVED, AT_SIGN_IN_PROSE],
    examples: ['siloscope serve --port 8437', 'siloscope serve --at-sign-in on'],
  });
}

export function addSim(program: Command, act: Act): void {
  const sim = program
    .command('sim')
    .description('run a simulated Windows host that the stock docker CLI and other Siloscope commands can use')
    .requiredOption(
      '--listen <endpoint>',
      'the Docker endpoint: tcp://127.0.0.1:PORT (0: a free one), unix:///PATH or npipe:////./pipe/NAME',
    )
    .option('--port <number>', 'of the connect address; default: a free one', wholeNumber(0, 65_535))
    .action(act((context, options: ServeOptions) => serve(context, ownSimulation(context.options, 'sim'), options)));
  teach(sim, {
    prose: [
      'With --json it prints one line when it is ready: {"ready":true,"scenario":...,"docker":...,"page":...,"connect":...}',
      SERVED,
    ],
    examples: [
      'siloscope sim --listen tcp://127.0.0.1:2375',
      'docker -H tcp://127.0.0.1:2375 ps',
      'siloscope sim --listen tcp://127.0.0.1:0 --scenario noisy-neighbours --json',
    ],
  });
}

interface ServeOptions {
  readonly port?: number;
  readonly listen?: string;
  readonly atSignIn?: AtSignIn;
}

type Served = Exclude<Target, { kind: 'connect' }>;

/** Its own host: a SILOSCOPE_CONNECT that is set for other commands does not count here. */
function servedTarget({ options, io }: Context): Served {
  const target = targetOf(options, { env: {}, platform: io.platform });
  if (target.kind !== 'connect') return target;
  const message = 'cannot be given: serve has a host of its own';
  throw new FaultError({ code: 'invalid-input', issues: [{ path: '--connect', message }] });
}

async function serve(context: Context, target: Served, { port, listen }: ServeOptions): Promise<number> {
  if (listen !== undefined && target.kind !== 'simulated') {
    const message = 'a real host has a Docker endpoint of its own; --listen is for the simulated one';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--listen', message }] });
  }
  const { doors, io } = context;
  const services = await doors.openServices(target, io.signal, { keepsWorkspaces: true });
  let web: WebServer | undefined;
  let docker: Listening | undefined;
  try {
    const lost = new Promise<Fault>(resolve => void services.onLost(resolve));
    web = await doors.startWebServer({
      serve: services.serve,
      clock: io.clock,
      onTurnedAway: seldom(sentence => {
        context.remark(page => page.text(sentence));
        services.warn?.('client.turned-away', escapeUntrusted(sentence));
      }, io.clock),
      ...(port === undefined ? {} : { port }),
    });
    docker = listen === undefined ? undefined : await services.listenDocker?.(listen);
    tellReady(context, services, web, docker?.endpoint);
    const fault = await Promise.race([lost, untilAborted(io.signal)]);
    if (fault !== undefined) throw new FaultError(fault);
    context.remark(page => page.text(`Ends; ${formatCount(web?.clientCount ?? 0, 'client')} turned away.`));
  } finally {
    docker?.dispose();
    await web?.close();
    await services.close();
  }
  return EXIT_CODES.done;
}

function tellReady(context: Context, services: LocalServices, web: WebServer, docker: string | undefined): void {
  const { scenario, hostId } = services;
  const warning = docker === undefined ? undefined : wordOpenEndpoint(docker);
  const ready = {
    ready: true,
    host: hostId,
    ...(scenario === undefined ? {} : { scenario }),
    ...(docker === undefined ? {} : { docker }),
    ...(warning === undefined ? {} : { warning }),
    ...(web.pageUrl === undefined ? {} : { page: web.pageUrl }),
    connect: web.connectUrl,
  };
  const { pageUrl, connectUrl } = web;
  context.line(ready, page => {
    page.text([strong('Ready: '), scenario === undefined ? hostId : `simulated host, scenario "${scenario}"`]);
    if (warning !== undefined) page.gap().text([strong('Warning: '), warning]);
    if (docker !== undefined) {
      const set = context.io.platform === 'win32' ? `$env:DOCKER_HOST = '${docker}'` : `export DOCKER_HOST=${docker}`;
      page.gap().text('For the stock docker CLI:').command(set).command('docker ps');
    }
    if (pageUrl !== undefined) page.gap().text('For a browser:').command(pageUrl);
    page.gap().text('For other Siloscope commands:').command(`siloscope --connect '${connectUrl}' inspect`);
    page.gap().text('Ctrl-C ends it, and with it all that runs here.');
  });
}
