import type { KernelAnswer, KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import { NT_STATUS, statusName } from '../nt-status.ts';
import type { SimulatedMachine } from './kernel/create-machine.ts';
import { isSystemCallError, STATUS } from './kernel/status.ts';
import type { ComputeSystem, NtStatus, Process, Subject } from './machine.ts';
import { mupEvidence } from './mup-evidence.ts';

/** ProcessMembershipInformation came with this build (Windows 11 22H2). */
const MEMBERSHIP_BUILD = 22_621;
/** STATUS_INVALID_CID: NtOpenProcess knows no such process. */
const NO_SUCH_CLIENT = 0xc000_000b;
const SYSTEM_PROCESS = 4;
const NOBODYS_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * What the simulated kernel answers to a question about itself. Who may open a container's job is not documented:
 * administrators may here, which proves nothing about Windows. [inferred]
 */
export function answerKernel(machine: SimulatedMachine, subject: Subject, question: KernelQuestion): KernelAnswer {
  switch (question.about) {
    case 'mup-providers': {
      const { providers } = mupEvidence(machine);
      return 'refused' in providers ? refused('query', STATUS.ACCESS_DENIED) : { providers };
    }
    case 'mup-prefix-cache': {
      const { prefixCache } = mupEvidence(machine);
      return 'refused' in prefixCache ? refused('query', STATUS.ACCESS_DENIED) : { prefixCache };
    }
    case 'winfsp-volumes':
      try {
        return { volumes: [...machine.volumesOf(subject, question.device)] };
      } catch (caught) {
        if (!isSystemCallError(caught)) throw caught;
        return refused('open', caught.status);
      }
    case 'job-container':
    case 'job-silo':
    case 'job-root':
    case 'job-server-silo':
      return aboutJob(machine, subject, question);
    case 'silo-ids':
      return { siloIds: silosOf(machine).map(({ siloId }) => siloId ?? 0) };
    case 'process-silo':
    case 'process-session':
    case 'thread-container': {
      const process = machine.processes().find(({ processId }) => processId === question.processId);
      return process === undefined ? refused('open', NO_SUCH_CLIENT) : aboutProcess(machine, process, question.about);
    }
  }
}

function aboutJob(
  machine: SimulatedMachine,
  subject: Subject,
  { about, job }: Extract<KernelQuestion, { job: string }>,
): KernelAnswer {
  const system = silosOf(machine).find(({ name }) => `\\container_${name}` === job.toLowerCase());
  if (system?.siloId === undefined) return refused('open', STATUS.OBJECT_NAME_NOT_FOUND);
  if (!subject.elevated) return refused('open', STATUS.ACCESS_DENIED);
  const { siloId } = system;
  switch (about) {
    case 'job-container':
      return { containerGuid: system.containerGuid, jobId: siloId };
    case 'job-silo':
      return { siloId, parentId: 0, processes: system.processes().length, inServerSilo: true };
    case 'job-root':
      return { root: `\\Silos\\${siloId}` };
    case 'job-server-silo':
      return { serviceSession: sessionOf(machine, siloId), state: 'started', bytes: 32 };
  }
}

function aboutProcess(
  machine: SimulatedMachine,
  { silo, processId }: Process,
  about: 'process-silo' | 'process-session' | 'thread-container',
): KernelAnswer {
  switch (about) {
    case 'process-silo':
      return machine.version.build < MEMBERSHIP_BUILD
        ? refused('query', NT_STATUS.INVALID_INFO_CLASS)
        : { serverSiloId: silo };
    case 'process-session':
      return { sessionId: processId === SYSTEM_PROCESS ? 0 : sessionOf(machine, silo) };
    case 'thread-container': {
      const system = silosOf(machine).find(({ siloId }) => siloId === silo);
      return { containerGuid: system?.containerGuid ?? NOBODYS_GUID };
    }
  }
}

const silosOf = (machine: SimulatedMachine): readonly ComputeSystem[] =>
  machine.computeSystems().filter(({ siloId }) => siloId !== undefined);

/** The signed-in user has session 1; every silo one of its own. */
const sessionOf = (machine: SimulatedMachine, silo: number): number =>
  silo === 0 ? 1 : 2 + silosOf(machine).findIndex(({ siloId }) => siloId === silo);

const refused = (step: 'open' | 'query', status: NtStatus): KernelAnswer => ({
  refused: step,
  status,
  statusName: statusName(status),
});
