import { FaultError } from '../../../shared/contract/fault.ts';
import { type ElevatedAct, EngineService, grants, isGuardedPath } from '../../../shared/domain/elevation.ts';
import type { ElevatedSession, Host, ObjectEntry, ObjectNamespace, ObjectRefusal, Ran } from '../../hosts/host.ts';

type Listed = { readonly entries: readonly ObjectEntry[] } | { readonly refused: ObjectRefusal };
type Linked = { readonly target: string } | { readonly refused: ObjectRefusal };

/**
 * The same host, on which what the session grants is done as an administrator and everything else as before: whoever asks
 * it need not know. It is the host that must be closed, never this view of it.
 */
export function asAdministrator(host: Host, session: ElevatedSession): Host {
  const objects: ObjectNamespace = {
    list: (path, signal) => (mayLook(session, path) ? listed(session, path, signal) : host.objects.list(path, signal)),
    readLink: (path, signal) =>
      mayLook(session, path) ? linked(session, path, signal) : host.objects.readLink(path, signal),
  };
  const { elevation } = host;
  return {
    id: host.id,
    facts: host.facts,
    objects,
    run: async (argv, options) => {
      const act = actOf(argv);
      return act !== undefined && grants(session.purpose, act)
        ? ran(session, act, argv, options?.signal)
        : host.run(argv, options);
    },
    dialEngine: signal => host.dialEngine(signal),
    probe: (target, options) => host.probe(target, options),
    // With the rights of a user: the acts that are granted are few, and this is none.
    askKernel: async (question, signal) => {
      if (host.askKernel !== undefined) return host.askKernel(question, signal);
      throw new FaultError({ code: 'not-found', what: 'way to ask the kernel of', name: host.id });
    },
    onLost: listener => host.onLost(listener),
    dispose: () => Promise.reject(new TypeError('a view of a host is not closed')),
    // What is not to be had with these rights is not to be had with more.
    ...(elevation === undefined
      ? {}
      : {
          elevation: {
            state: async () => ({ state: 'held' }),
            ask: (purpose, signal) => elevation.ask(purpose, signal),
          },
        }),
  };
}

const mayLook = ({ purpose }: ElevatedSession, path: string): boolean =>
  isGuardedPath(path) && grants(purpose, { act: 'list-objects', path });

/** The act that does the same as a command line of ours, if there is one. */
function actOf(argv: readonly string[]): ElevatedAct | undefined {
  const [program = '', ...rest] = argv;
  const name = program.slice(program.lastIndexOf('\\') + 1).toLowerCase();
  if (name === 'hcsdiag.exe' && rest.join(' ') === 'list -raw') return { act: 'list-compute-systems' };
  if (name === 'fsptool-x64.exe' && rest.join(' ') === 'unload') return { act: 'unload-fsd' };
  const service = EngineService.safeParse(rest[1]).data;
  if (name !== 'sc.exe' || rest[0] !== 'start' || rest.length !== 2 || service === undefined) return undefined;
  return { act: 'start-engine-service', service };
}

async function listed(session: ElevatedSession, path: string, signal?: AbortSignal): Promise<Listed> {
  const answer = await session.perform({ act: 'list-objects', path }, signal);
  if (answer.kind === 'entries') return { entries: answer.entries };
  return answer.kind === 'refused' ? { refused: answer.refused } : unlike(session);
}

async function linked(session: ElevatedSession, path: string, signal?: AbortSignal): Promise<Linked> {
  const answer = await session.perform({ act: 'read-link', path }, signal);
  if (answer.kind === 'target') return { target: answer.target };
  return answer.kind === 'refused' ? { refused: answer.refused } : unlike(session);
}

async function ran(
  session: ElevatedSession,
  act: ElevatedAct,
  argv: readonly string[],
  signal?: AbortSignal,
): Promise<Ran> {
  const answer = await session.perform(act, signal);
  return answer.kind === 'ran' ? { ...answer.ran, argv } : unlike(session);
}

function unlike({ purpose }: ElevatedSession): never {
  throw new FaultError({ code: 'elevation-lost', purpose, reason: 'it answered another question' });
}
