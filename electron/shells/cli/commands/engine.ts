import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { EngineState } from '../../../../shared/domain/readiness.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { ELEVATE_TEXT, remarkPrompt } from '../text/elevate-text.ts';

export function addEngine(program: Command, act: Act): void {
  const engine = program
    .command('engine')
    .description("the host's Docker Engine: show its state, start its service")
    .action(act(state));
  teach(engine, {
    prose: ['Only administrators start services: with --elevate Windows asks for one.'],
    examples: ['siloscope engine', 'siloscope engine start --elevate'],
  });
  engine
    .command('start')
    .description("start Docker's service and wait until the engine answers")
    .option('--elevate', ELEVATE_TEXT)
    .action(act(start));
}

async function state(context: Context): Promise<number> {
  const { engine } = await context.withSession(session => session.call('snapshot.take', {}));
  context.answer(engine, page => page.text(engineLine(engine)));
  return engine.reachable ? EXIT_CODES.done : EXIT_CODES.outOfReach;
}

async function start(context: Context, { elevate = false }: { readonly elevate?: boolean }): Promise<number> {
  const engine = await context.withSession(async session => {
    await remarkPrompt(context, session, elevate);
    return session.call('engine.start', { elevate });
  });
  context.answer(engine, page => page.text(engineLine(engine)));
  return EXIT_CODES.done;
}

function engineLine({ reachable, version, osType, reason }: EngineState): string {
  if (!reachable) return `No Docker Engine answers: ${escapeUntrusted(reason ?? 'no reason given', 400)}`;
  return `Docker Engine ${escapeUntrusted(version ?? '', 100)} answers; it runs ${escapeUntrusted(osType ?? '', 100)} containers.`;
}
