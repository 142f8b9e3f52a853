import type { KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';

const MOST_JOBS = 10;
const MOST_PROCESSES = 10;
const MOST_DEVICES = 60;
/** The System process: it is in no silo, whatever else runs. */
const SYSTEM_PROCESS = 4;

const OF_A_JOB = ['job-container', 'job-silo', 'job-root', 'job-server-silo'] as const;
const OF_A_PROCESS = ['process-silo', 'process-session', 'thread-container'] as const;

/**
 * What the kernel is asked, given what was answered so far: WinFsp's control devices of the host and of every silo, by
 * the device's name and by the link beside it; the jobs of containers; their first processes.
 */
export function kernelQuestions(answers: readonly RecordedAnswer[]): readonly KernelQuestion[] {
  const jobs = [...new Set([...jobsListed(answers), ...runningContainers(answers).map(({ id }) => `Container_${id}`)])];
  const processes = [SYSTEM_PROCESS, ...runningContainers(answers).flatMap(({ processId }) => processId ?? [])];
  return [
    ...controlDevices(answers)
      .slice(0, MOST_DEVICES)
      .map(device => ({ about: 'winfsp-volumes', device }) as const),
    ...jobs.slice(0, MOST_JOBS).flatMap(name => OF_A_JOB.map(about => ({ about, job: `\\${name}` }))),
    ...[...new Set(processes)]
      .slice(0, MOST_PROCESSES)
      .flatMap(processId => OF_A_PROCESS.map(about => ({ about, processId }))),
  ];
}

/** Asked before the namespace is read: `\\Silos` may be closed to this user where a silo's own directory is not. */
export const SILO_IDS: KernelQuestion = { about: 'silo-ids' };

/** Asked at the very end, when what was opened may have left its mark in the cache. */
export const MUP_QUESTIONS: readonly KernelQuestion[] = [{ about: 'mup-providers' }, { about: 'mup-prefix-cache' }];

const entriesOf = (answer: RecordedAnswer): readonly (readonly [string, string])[] =>
  answer.ask === 'list' && 'entries' in answer.answer ? answer.answer.entries : [];

/** Those that were listed; in a silo whose directory is closed, those that the host has are asked for by name. */
function controlDevices(answers: readonly RecordedAnswer[]): readonly string[] {
  const netDevices = (path: string): readonly (readonly [string, string])[] =>
    answers
      .filter(answer => answer.ask === 'list' && answer.path === path)
      .flatMap(entriesOf)
      .filter(([name, type]) => /^WinFsp\.Net(?:\+|$)/i.test(name) && /^(?:Device|SymbolicLink)$/.test(type));
  const host = netDevices('\\Device');
  const ofSilos = siloIds(answers).flatMap(id => {
    const path = `\\Silos\\${id}\\Device`;
    const listed = netDevices(path);
    const asked = listed.length > 0 ? listed : host.filter(([, type]) => type === 'Device');
    return asked.map(([name]) => `${path}\\${name}`);
  });
  return [...host.map(([name]) => `\\Device\\${name}`), ...ofSilos];
}

/** Silos that `\Silos` lists, or that the kernel names by itself. */
export function siloIds(answers: readonly RecordedAnswer[]): readonly string[] {
  const listed = answers.filter(answer => answer.ask === 'list' && answer.path === '\\Silos').flatMap(entriesOf);
  const told = answers.flatMap(answer =>
    answer.ask === 'kernel' && 'siloIds' in answer.answer ? answer.answer.siloIds.map(String) : [],
  );
  return [...new Set([...listed.map(([name]) => name), ...told])];
}

function jobsListed(answers: readonly RecordedAnswer[]): readonly string[] {
  const root = answers.find(answer => answer.ask === 'list' && answer.path === '\\');
  if (root === undefined) return [];
  return entriesOf(root).flatMap(([name, type]) => (type === 'Job' && /^Container_/i.test(name) ? [name] : []));
}

/** Of containers under process isolation: others have no job and no process on this kernel. */
function runningContainers(
  answers: readonly RecordedAnswer[],
): readonly { readonly id: string; readonly processId: number | undefined }[] {
  return answers.flatMap(answer => {
    if (answer.ask !== 'get' || !/^\/containers\/[0-9a-f]+\/json$/.test(answer.path)) return [];
    if (!('body' in answer.answer)) return [];
    const { body } = answer.answer;
    const state = property(body, 'State');
    const id = property(body, 'Id');
    if (typeof id !== 'string' || property(state, 'Running') !== true) return [];
    if (property(property(body, 'HostConfig'), 'Isolation') !== 'process') return [];
    const processId = property(state, 'Pid');
    return [{ id, processId: Number.isInteger(processId) && Number(processId) > 0 ? Number(processId) : undefined }];
  });
}

function property(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}
