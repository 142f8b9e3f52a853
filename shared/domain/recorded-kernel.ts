import type { KernelAnswer, KernelQuestion } from './kernel-question.ts';
import type { Recording } from './recording.ts';

type About = KernelQuestion['about'];
type Said<A extends About> = Extract<KernelQuestion, { readonly about: A }>;

/** One question to the kernel, with its answer. */
export interface KernelEvidence<A extends About = About> {
  readonly question: Said<A>;
  readonly answer: KernelAnswer;
}

/** What the kernel was asked about that, and answered, in the order of asking. What nobody answered is left out. */
export function kernelSaid<A extends About>(
  recording: Recording,
  ...about: readonly A[]
): readonly KernelEvidence<A>[] {
  const isAbout = (question: KernelQuestion): question is Said<A> => about.some(one => one === question.about);
  return recording.answers.flatMap(recorded => {
    if (recorded.ask !== 'kernel' || 'fault' in recorded.answer) return [];
    const { question, answer } = recorded;
    // A host that cannot be asked, and a replay of what was not asked, have nothing to say of Windows.
    if ('refused' in answer && answer.statusName === 'STATUS_NOT_SUPPORTED') return [];
    return isAbout(question) ? [{ question, answer }] : [];
  });
}

/** The ways by which a volume was opened from the host. */
export type PathForm = 'behind-mup' | 'link-in-silo' | 'name-in-host' | 'disk-in-silo';

const FORMS: readonly (readonly [PathForm, RegExp])[] = [
  ['behind-mup', /^\\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp\.[^\\]*\{/i],
  ['link-in-silo', /^\\\\\?\\GLOBALROOT\\Silos\\\d+\\Device\\WinFsp\.Mup/i],
  ['name-in-host', /^\\\\\?\\GLOBALROOT\\Device\\WinFsp\.Mup[^\\]*\{/i],
  ['disk-in-silo', /^\\\\\?\\GLOBALROOT\\Silos\\\d+\\Device\\Volume\{/i],
];

/** How the volumes of silos answered to one way of opening them: `opened as WinFsp`, or what came. Those in time. */
export function openedBy(
  recording: Recording,
  form: PathForm,
): readonly { readonly path: string; readonly outcome: string }[] {
  const pattern = FORMS.find(([name]) => name === form)?.[1];
  return recording.answers.flatMap(answer => {
    if (answer.ask !== 'probe' || !('outcome' in answer.answer) || pattern?.test(answer.path) !== true) return [];
    const said = answer.answer;
    if (said.outcome === 'timed-out') return [];
    const opened = said.outcome === 'opened' ? `opened as ${said.winfsp ? 'WinFsp' : 'something else'}` : said.outcome;
    return [{ path: answer.path, outcome: 'statusName' in said ? said.statusName : opened }];
  });
}
