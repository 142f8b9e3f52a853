import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import { splitCommandLine } from '../../../../shared/domain/command-line.ts';
import type { Elevation } from '../../host.ts';
import type { HelperProcess, StartHelper } from '../helper-process.ts';
import { parseBrokerArguments } from './broker-arguments.ts';
import { linkOver } from './byte-link.ts';
import { StartElevated } from './elevator-message.ts';
import { type LocalElevationOptions, localElevation } from './local-elevation.ts';
import { serveBroker } from './serve-broker.ts';

interface Prompts {
  readonly start: StartHelper;
  readonly wishes: StartElevated[];
  readonly killed: () => number;
}

/** A helper whose prompt is answered so. Undefined: nobody answers. */
function prompts(answer: (wish: StartElevated) => number | undefined): Prompts {
  const wishes: StartElevated[] = [];
  let killed = 0;
  const start: StartHelper = () => {
    let hear: (message: unknown) => void = () => undefined;
    const helper: HelperProcess = {
      send: message => {
        const wish = StartElevated.parse(message);
        wishes.push(wish);
        const error = answer(wish);
        if (error !== undefined) hear({ error });
      },
      onMessage: listener => {
        hear = listener;
      },
      onEnd: () => undefined,
      kill: () => {
        killed++;
      },
    };
    return helper;
  };
  return { start, wishes, killed: () => killed };
}

function elevation(start: StartHelper, more: Partial<LocalElevationOptions> = {}): Elevation {
  return localElevation({
    clock: systemClock,
    startHelper: start,
    program: { file: 'C:\\Program Files\\Siloscope\\siloscope.exe', before: [] },
    isHeld: () => false,
    isInteractive: () => true,
    perform: async () => ({ kind: 'target', target: 'done here' }),
    ...more,
  });
}

/** What the program would do once the user has said Yes. */
function startBroker({ parameters }: StartElevated): number {
  const given = parseBrokerArguments(splitCommandLine(`siloscope.exe ${parameters}`).slice(1));
  if (given === undefined) return 87;
  void serveBroker({
    link: linkOver(connect(join(dirname(given.secretFile), given.pipe))),
    secret: Buffer.from(readFileSync(given.secretFile, 'latin1'), 'hex'),
    purpose: given.purpose,
    clock: systemClock,
    perform: async () => ({ kind: 'target', target: 'done by the broker' }),
  });
  return 0;
}

const act = { act: 'read-link', path: '\\Silos\\7' } as const;

describe('asking for an administrator', () => {
  it('starts the program as a broker, and talks to it', async () => {
    const { start, wishes, killed } = prompts(startBroker);
    const answer = await elevation(start).ask('look-into-silos');
    if (answer.outcome !== 'granted') throw new Error(answer.outcome);
    expect(await answer.session.perform(act)).toEqual({ kind: 'target', target: 'done by the broker' });
    expect(wishes).toMatchObject([
      {
        file: 'C:\\Program Files\\Siloscope\\siloscope.exe',
        parameters: expect.stringMatching(/^--broker look-into-silos [0-9a-f]{32} \d+ /),
      },
    ]);
    expect(killed()).toBe(1);
    await answer.session.dispose();
  });

  it.each([
    [1_223, { outcome: 'refused-by-user' }],
    [1_260, { code: 'access-denied', raw: 'ShellExecuteEx: Win32 error 1260' }],
    [2, { code: 'access-denied', raw: 'ShellExecuteEx: Win32 error 2' }],
  ])('that ends with error %i is told as it is, and nothing is left behind', async (code, expected) => {
    const { start, wishes } = prompts(() => code);
    const answer = await elevation(start)
      .ask('unload-fsd')
      .catch((caught: unknown) => (caught instanceof FaultError ? caught.fault : caught));
    expect(answer).toMatchObject(expected);
    const [wish] = wishes;
    const given = parseBrokerArguments(splitCommandLine(`x ${wish?.parameters ?? ''}`).slice(1));
    expect(() => readFileSync(given?.secretFile ?? '')).toThrow('ENOENT');
  });

  it('can be called off while the prompt is there', async () => {
    const { start, killed } = prompts(() => undefined);
    const asker = new AbortController();
    const asked = elevation(start).ask('unload-fsd', asker.signal);
    setTimeout(() => asker.abort(), 20);
    await expect(asked).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(killed()).toBe(1);
  });

  it('shows no prompt to one who is an administrator already', async () => {
    const { start, wishes } = prompts(() => 0);
    const held = elevation(start, { isHeld: () => true });
    expect(await held.state()).toEqual({ state: 'held' });
    const answer = await held.ask('look-into-silos');
    if (answer.outcome !== 'granted') throw new Error(answer.outcome);
    expect(await answer.session.perform(act)).toEqual({ kind: 'target', target: 'done here' });
    await answer.session.dispose();
    await expect(answer.session.perform(act)).rejects.toMatchObject({ fault: { code: 'elevation-lost' } });
    expect(wishes).toEqual([]);
  });

  it('is not possible where nobody sits before the session', async () => {
    const { start, wishes } = prompts(() => 0);
    const service = elevation(start, { isInteractive: () => false });
    expect(await service.ask('start-engine')).toEqual({ outcome: 'unavailable', because: 'no-prompt' });
    expect(wishes).toEqual([]);
  });
});
