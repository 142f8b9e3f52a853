import type { Command } from 'commander';
import { EXIT_CODES, exitCodeOf, FaultError } from '../../../../shared/contract/fault.ts';
import type { WorkspaceStatus } from '../../../../shared/contract/workspace-status.ts';
import { Workspace } from '../../../../shared/domain/workspace.ts';
import { wordFault } from '../../../../shared/wording/word-fault.ts';
import {
  wordItemState,
  wordItemStep,
  wordItemUnwritten,
  wordNotCaptured,
  wordWorkspace,
} from '../../../../shared/wording/word-workspace.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { parseDocument } from '../parse-document.ts';
import { readUserFile } from '../read-user-file.ts';
import { teach } from '../teach.ts';
import { remarkNotices } from '../text/notices.ts';
import type { Page } from '../text/page.ts';
import { bad, doubtful, faint, good, strong } from '../text/style.ts';

export function addWorkspaces(program: Command, act: Act): void {
  const made = program
    .command('workspaces')
    .description('file systems that belong together: launched in order, and kept running')
    .option('--start <name>', 'launch what is not there, and keep it running from now on')
    .option('--stop <name>', 'stop its file systems, the last one first, and keep them no longer')
    .option('--force', 'with --stop: kill what has not ended in time; what it had not written is lost')
    .option('--capture <name>', 'keep what runs now as a workspace of that name')
    .option('--save <file>', 'keep the workspace of this JSON file; one of that name is replaced')
    .option('--remove <name>', 'forget one; its containers go on')
    .action(act(workspaces));
  teach(made, {
    prose: [
      'A workspace that was started is brought back by the app, and by "siloscope serve", after a crash, a restart of the engine, or at the next sign-in. What a person stopped is left alone; what does not answer is never killed.',
    ],
    examples: [
      'siloscope workspaces --capture everyday',
      'siloscope workspaces --start everyday',
      'siloscope workspaces --json',
    ],
  });
}

interface WorkspacesOptions {
  readonly start?: string;
  readonly stop?: string;
  readonly force?: boolean;
  readonly capture?: string;
  readonly save?: string;
  readonly remove?: string;
}

async function workspaces(context: Context, options: WorkspacesOptions): Promise<number> {
  const asked = (['start', 'stop', 'capture', 'save', 'remove'] as const).filter(name => options[name] !== undefined);
  if (asked.length > 1) {
    const message = `${asked.map(name => `--${name}`).join(' and ')} exclude each other`;
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'workspaces', message }] });
  }
  if (options.start !== undefined) return start(context, options.start);
  if (options.stop !== undefined) return stop(context, options.stop, options.force === true);
  if (options.capture !== undefined) return capture(context, options.capture);
  if (options.save !== undefined) return save(context, options.save);
  if (options.remove !== undefined) {
    const { remove } = options;
    const gone = await context.withSession(session => session.call('workspace.remove', { name: remove }));
    context.answer(gone, page => page.text([good('[ok] '), `${gone.name} is forgotten; its containers go on.`]));
    return EXIT_CODES.done;
  }
  const answer = await context.withSession(async session => {
    const listed = await session.call('workspace.list', { look: true });
    await remarkNotices(context, session, 'workspaces.json');
    return listed;
  });
  context.answer(answer, page => {
    if (answer.workspaces.length === 0) {
      page.text('There is no workspace yet. Make one of what runs now:').command('siloscope workspaces --capture NAME');
    }
    for (const status of answer.workspaces) write(page, status, context.io.clock.now());
  });
  return EXIT_CODES.done;
}

async function start(context: Context, name: string): Promise<number> {
  const status = await context.withSession(session =>
    session.call('workspace.start', { name }, told =>
      context.remark(page => {
        const launching = told.items.filter(({ state }) => state === 'launching');
        for (const item of launching) page.text(faint(`launching ${item.name}`));
      }),
    ),
  );
  context.answer(status, page => write(page, status, context.io.clock.now()));
  const broken = status.items.find(({ state }) => state !== 'running');
  if (broken === undefined) return EXIT_CODES.done;
  return broken.fault === undefined ? EXIT_CODES.refused : exitCodeOf(broken.fault);
}

async function stop(context: Context, name: string, force: boolean): Promise<number> {
  const answer = await context.withSession(session =>
    session.call('workspace.stop', { name, force }, ({ note }) => context.remark(page => page.text(faint(note)))),
  );
  context.answer(answer, page => {
    const stopped =
      answer.stopped.length === 0 ? 'Nothing of it was running.' : `Stopped: ${answer.stopped.join(', ')}.`;
    page.text([good('[ok] '), stopped]);
    for (const left of answer.left) {
      const words = wordFault(left.fault);
      page.text([bad('[left] '), `${left.name}: ${words.title} ${words.cause}`], { hang: 2 });
      page.text(words.next, { indent: 2 });
    }
  });
  const [left] = answer.left;
  return left === undefined ? EXIT_CODES.done : exitCodeOf(left.fault);
}

async function capture(context: Context, name: string): Promise<number> {
  const answer = await context.withSession(async session => {
    const captured = await session.call('workspace.capture', { name });
    if (captured.workspace !== undefined) await session.call('workspace.save', { workspace: captured.workspace });
    return captured;
  });
  context.answer(answer, page => {
    if (answer.workspace === undefined) page.text([bad('[no] '), 'Nothing runs that a workspace could take up.']);
    else {
      page.text([good('[ok] '), `${name} is kept: ${answer.workspace.items.map(item => item.name).join(', ')}.`]);
      page.text('Variables are left out: give them in the file of the workspace where a program needs them.');
    }
    for (const left of answer.left) page.text([faint('left out: '), wordNotCaptured(left)], { hang: 2 });
  });
  return answer.workspace === undefined ? EXIT_CODES.refused : EXIT_CODES.done;
}

async function save(context: Context, file: string): Promise<number> {
  const workspace = parseDocument(Workspace, await readUserFile(file, '--save'), file);
  const status = await context.withSession(session => session.call('workspace.save', { workspace }));
  context.answer(status, page => page.text([good('[ok] '), `${status.workspace.name} is kept.`]));
  return EXIT_CODES.done;
}

function write(page: Page, status: WorkspaceStatus, now: number): void {
  const { workspace, items } = status;
  page
    .gap()
    .text([
      strong(workspace.name),
      workspace.title === undefined ? '' : `  ${workspace.title}`,
      faint(`  ${wordWorkspace(status)}`),
    ]);
  for (const item of items) {
    const tone = item.state === 'running' ? good : item.state === 'failing' || item.state === 'given-up' ? bad : faint;
    page.text([tone(`[${wordItemState(item.state)}] `), item.name], { indent: 2, hang: 2 });
    const fault = item.fault === undefined ? undefined : wordFault(item.fault);
    const words = [fault?.title, wordItemStep(item, now)].filter(Boolean).join(' ');
    if (words !== '') page.text(words, { indent: 4 });
    if (fault?.command !== undefined) page.text(fault.next, { indent: 4 }).command(fault.command);
    const kept = wordItemUnwritten(item);
    if (kept !== '') page.text([doubtful('[unwritten] '), kept], { indent: 4, hang: 4 });
  }
}
