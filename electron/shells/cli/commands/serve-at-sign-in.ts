import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { wordSignIn } from '../../../../shared/wording/word-sign-in.ts';
import type { Context } from '../context.ts';
import type { Target } from '../global-options.ts';
import { SignInStart, type SignInState } from '../sign-in/sign-in-start.ts';
import { faint, good } from '../text/style.ts';

export const AT_SIGN_IN = ['on', 'off', 'show'] as const;
export type AtSignIn = (typeof AT_SIGN_IN)[number];

/** `serve --at-sign-in`: tells Windows, and serves nothing now. */
export async function serveAtSignIn(
  context: Context,
  wanted: AtSignIn,
  target: Exclude<Target, { kind: 'connect' }>,
  port: number | undefined,
): Promise<number> {
  const { io, doors } = context;
  if (io.platform !== 'win32' || doors.ownMachine === undefined) {
    throw refuse(
      'this needs Windows; elsewhere let the system start "siloscope serve", e.g. by a user unit of systemd',
    );
  }
  const start = new SignInStart(await doors.ownMachine(), io.signal);
  const state =
    wanted === 'show'
      ? await start.read()
      : wanted === 'off'
        ? await start.switchOff()
        : await start.switchOn(argumentsFor(target, port));
  tell(context, state);
  return EXIT_CODES.done;
}

/** The same line again, from wherever it is started. */
function argumentsFor(target: Exclude<Target, { kind: 'connect' }>, port: number | undefined): string[] {
  if (target.kind !== 'windows') throw refuse('expected a real host: --host local, or ssh://user@host');
  return [
    'serve',
    '--host',
    target.host,
    ...(target.hostKey === undefined ? [] : ['--host-key', target.hostKey]),
    ...(port === undefined ? [] : ['--port', String(port)]),
  ];
}

function tell(context: Context, state: SignInState): void {
  context.answer(state, page => {
    const [first = '', ...more] = wordSignIn(state.atSignIn, state.atSignIn === 'off' ? undefined : state.by);
    page.text([good('[ok] '), first]);
    for (const line of more) page.text(faint(line), { indent: 5 });
    if (state.atSignIn !== 'off' && state.command !== undefined) page.command(state.command);
  });
}

function refuse(message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path: '--at-sign-in', message }] });
}
