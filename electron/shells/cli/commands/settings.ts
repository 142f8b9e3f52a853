import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { jsonPath } from '../../../../shared/domain/json-path.ts';
import { schemaIssues, wordSchemaIssue } from '../../../../shared/domain/schema-issue.ts';
import { SettingsPatch } from '../../../../shared/domain/settings.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { writeNotices } from '../text/notices.ts';
import { faint } from '../text/style.ts';

const CHANGES = ['theme', 'startHidden', 'closeToTray', 'autostart', 'updates', 'hosts', 'guard'] as const;

export function addSettings(program: Command, act: Act): void {
  const made = program
    .command('settings')
    .description('show the settings of the app, or change some')
    .argument('[name=value...]', CHANGES.join(', '))
    .action(act(settings));
  teach(made, {
    terms: [
      ['theme', 'system, light or dark'],
      ['startHidden', 'true: start in the tray, without a window'],
      ['closeToTray', 'true: closing the window keeps the app in the tray'],
      ['autostart', 'true: start when you sign in'],
      ['updates', 'off, stable or preview: where the installed app looks for newer versions'],
      ['hosts', 'hosts of your own, with commas: ssh://user@host'],
      ['guard', 'off, observe, refuse, stop, or stop,including-running: who watches the policy'],
    ],
    examples: ['siloscope settings', 'siloscope settings theme=dark closeToTray=false'],
  });
}

async function settings(context: Context, changes: readonly string[]): Promise<number> {
  const patch = changes.length === 0 ? undefined : parseChanges(changes);
  const answer = await context.withSession(async session => {
    if (patch !== undefined) await session.call('settings.write', patch);
    return session.call('settings.read', {});
  });
  context.answer(answer, page => {
    const { appearance, startHidden, closeToTray, autostart, updates, hosts, guard } = answer.settings;
    page.table({
      columns: ['', ''],
      rows: [
        ['theme', appearance.theme],
        ['startHidden', String(startHidden)],
        ['closeToTray', String(closeToTray)],
        ['autostart', String(autostart)],
        ['updates', updates],
        ['hosts', hosts.map(({ id }) => id).join(', ') || '-'],
        ['guard', `${guard.mode}${guard.includeRunning ? ',including-running' : ''}`],
      ],
    });
    page.text(faint(answer.folder === undefined ? 'Kept until the process ends.' : `Kept in ${answer.folder}`));
    writeNotices(page, answer.notices);
  });
  return EXIT_CODES.done;
}

/** `theme=dark` and the like. What is no setting, or no value of it, is `invalid-input`. */
export function parseChanges(changes: readonly string[]): SettingsPatch {
  const patch: Record<string, unknown> = {};
  for (const change of changes) {
    const [name = '', ...rest] = change.split('=');
    const value = rest.join('=');
    if (rest.length === 0 || !CHANGES.some(known => known === name)) {
      throw wrong(change, `expected name=value, the name one of ${CHANGES.join(', ')}`);
    }
    if (name === 'theme') patch['appearance'] = { theme: value };
    else if (name === 'guard') {
      const [mode, scope] = value.split(/,(.*)/);
      if (scope !== undefined && scope !== 'including-running')
        throw wrong(change, 'expected nothing or including-running behind the comma');
      patch[name] = { mode, includeRunning: scope !== undefined };
    } else if (name === 'hosts') patch[name] = value === '' ? [] : value.split(',').map(id => ({ id: id.trim() }));
    else patch[name] = value === 'true' ? true : value === 'false' ? false : value;
  }
  const parsed = SettingsPatch.safeParse(patch);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(issue => schemaIssues(issue, patch, SettingsPatch));
  throw new FaultError({
    code: 'invalid-input',
    // The theme stands alone on the command line.
    issues: issues.map(issue => ({
      path: jsonPath(issue.path.filter(key => key !== 'appearance')).slice(2),
      message: wordSchemaIssue(issue),
    })),
  });
}

function wrong(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}
