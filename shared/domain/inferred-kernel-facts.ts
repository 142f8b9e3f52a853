import type { Decision, InferredFact } from './inferred-fact.ts';
import { NO_SILO } from './inferred-fact.ts';
import type { KernelAnswer } from './kernel-question.ts';
import type { UncProvider } from './mup-evidence.ts';
import { readEvidence } from './recorded-evidence.ts';
import { kernelSaid, openedBy, type PathForm } from './recorded-kernel.ts';
import type { Recording } from './recording.ts';

const NOT_ASKED: Decision = ['not-decided', 'the kernel could not be asked about it'];
/** ProcessMembershipInformation came with this build. */
const MEMBERSHIP_BUILD = 22_621;

const words = (answer: KernelAnswer): string =>
  'refused' in answer ? `${answer.statusName} at ${answer.refused}` : JSON.stringify(answer);

/** Every one must hold: the first that does not refutes. */
function every<T>(
  all: readonly T[],
  holds: (one: T) => boolean,
  seen: (one: T) => string,
  none: Decision = NOT_ASKED,
): Decision {
  const [first] = all;
  if (first === undefined) return none;
  const against = all.find(one => !holds(one));
  return against === undefined
    ? ['confirmed', `${all.length} of ${all.length}; ${seen(first)}`]
    : ['refuted', seen(against)];
}

/** Whether every volume that was opened in this way opened as one of WinFsp. */
const opens =
  (form: PathForm) =>
  (recording: Recording): Decision =>
    every(
      openedBy(recording, form),
      ({ outcome }) => outcome === 'opened as WinFsp',
      ({ path, outcome }) => `${path}: ${outcome}`,
      ['not-decided', 'no volume of a silo was opened in this way, or none answered in time'],
    );

const providersOf = (recording: Recording): readonly UncProvider[] =>
  kernelSaid(recording, 'mup-providers').flatMap(({ answer }) => ('providers' in answer ? answer.providers : []));

const OF_A_SILO = /\\WinFsp\.Mup[^{]*\{[0-9a-f-]{36}\}$/i;

/** Containers that HCS knows the silo of, by what the kernel says of their first process. */
function bySiloOfProcess(
  recording: Recording,
  about: 'process-silo' | 'thread-container',
): readonly { readonly siloId: string; readonly providerGuid: string | undefined; readonly answer: KernelAnswer }[] {
  const { compute, firstProcesses, silos } = readEvidence(recording);
  const said = kernelSaid(recording, about);
  return compute.flatMap(({ id, siloId }) => {
    const processId = firstProcesses.get(id);
    const found = said.find(({ question }) => question.processId === processId);
    if (siloId === undefined || found === undefined) return [];
    return [{ siloId, providerGuid: silos.find(silo => silo.id === siloId)?.providerGuid, answer: found.answer }];
  });
}

/** What the job of a container says of its silo, beside what HCS says. */
function byJob(
  recording: Recording,
  about: 'job-container' | 'job-silo' | 'job-root',
): readonly { readonly siloId: string; readonly providerGuid: string | undefined; readonly answer: KernelAnswer }[] {
  const { compute, silos } = readEvidence(recording);
  return kernelSaid(recording, about).flatMap(({ question, answer }) => {
    const id = question.job.replace(/^\\Container_/i, '').toLowerCase();
    const siloId = compute.find(system => system.id.toLowerCase() === id)?.siloId;
    if (siloId === undefined || 'refused' in answer) return [];
    return [{ siloId, providerGuid: silos.find(silo => silo.id === siloId)?.providerGuid, answer }];
  });
}

/** Volume lists of a silo's control device, or of the link beside it. */
function listsOf(
  recording: Recording,
  type: 'Device' | 'SymbolicLink',
): readonly { readonly device: string; readonly volumes: readonly string[]; readonly own: readonly string[] }[] {
  const { silos } = readEvidence(recording);
  return kernelSaid(recording, 'winfsp-volumes').flatMap(({ question: { device }, answer }) => {
    const [, id, name = ''] = /^\\Silos\\(\d+)\\Device\\([^\\]+)$/i.exec(device) ?? [];
    const silo = silos.find(one => one.id === id);
    if (silo === undefined || silo.device.get(name.toLowerCase()) !== type || !('volumes' in answer)) return [];
    const own = [...silo.device.keys()].filter(entry => entry.startsWith('volume{'));
    return own.length === 0 ? [] : [{ device, volumes: answer.volumes.map(volume => volume.toLowerCase()), own }];
  });
}

const names = (volumes: readonly string[], own: string): boolean =>
  volumes.some(volume => volume.startsWith(`\\device\\${own}`));

/** What the kernel, the MUP and opened volumes decide, in the order of the check lists. */
export const INFERRED_KERNEL_FACTS: readonly InferredFact[] = [
  {
    id: 'silo-ids-need-no-rights',
    statement: 'A user without elevation may ask for the ids of all silos (class 174).',
    source: 'phnt; nothing says which rights it needs',
    decide(recording) {
      const { askerElevated } = readEvidence(recording);
      const [said] = kernelSaid(recording, 'silo-ids');
      if (said === undefined || askerElevated === undefined) return NOT_ASKED;
      if (askerElevated && 'siloIds' in said.answer) return ['not-decided', 'asked as an administrator, and answered'];
      return ['siloIds' in said.answer ? 'confirmed' : 'refuted', words(said.answer)];
    },
  },
  {
    id: 'silo-ids-are-those-listed',
    statement: 'Class 174 names the silos that \\Silos lists, and no others.',
    source: 'phnt; it might name app silos too',
    decide(recording) {
      const { siloIds } = readEvidence(recording);
      const [said] = kernelSaid(recording, 'silo-ids');
      if (said === undefined || !('siloIds' in said.answer) || siloIds === undefined)
        return ['not-decided', 'class 174 or \\Silos did not answer'];
      const [told, listed] = [said.answer.siloIds.map(String).toSorted(), siloIds.toSorted()];
      if (told.length + listed.length === 0) return NO_SILO;
      return [told.join() === listed.join() ? 'confirmed' : 'refuted', `${told.join(', ')} and ${listed.join(', ')}`];
    },
  },
  {
    id: 'membership-since-22h2',
    statement: 'A process tells its silo (class 109) from build 22621 on, and on no earlier Windows.',
    source: "Microsoft's page on PROCESS_MEMBERSHIP_INFORMATION",
    decide(recording) {
      const said = kernelSaid(recording, 'process-silo').filter(
        ({ answer }) => !('refused' in answer && answer.refused === 'open'),
      );
      const isNew = recording.facts.build >= MEMBERSHIP_BUILD;
      return every(
        said,
        ({ answer }) => 'serverSiloId' in answer === isNew,
        ({ answer }) => `build ${recording.facts.build}: ${words(answer)}`,
      );
    },
  },
  {
    id: 'process-names-its-silo',
    statement: "The first process of a container tells the id of the container's silo (class 109).",
    source: 'System Informer, phlib/nativeprocess.c',
    decide: recording =>
      every(
        bySiloOfProcess(recording, 'process-silo').filter(({ answer }) => !('refused' in answer)),
        ({ siloId, answer }) => 'serverSiloId' in answer && String(answer.serverSiloId) === siloId,
        ({ siloId, answer }) => `silo ${siloId}: ${words(answer)}`,
      ),
  },
  {
    id: 'thread-names-the-container',
    statement:
      "A thread in a container tells the GUID that stands in the name of the silo's WinFsp provider (class 37).",
    source: 'System Informer, phlib/nativethread.c; that plain threads tell it is inferred',
    decide: recording =>
      every(
        bySiloOfProcess(recording, 'thread-container').filter(
          ({ answer, providerGuid }) => !('refused' in answer) && providerGuid !== undefined,
        ),
        ({ providerGuid, answer }) => 'containerGuid' in answer && answer.containerGuid.toLowerCase() === providerGuid,
        ({ siloId, answer }) => `silo ${siloId}: ${words(answer)}`,
      ),
  },
  {
    id: 'silo-has-a-session',
    statement: 'The processes of a silo have a session of their own, and it is not 0.',
    source: 'Windows Internals 7, chapter 3',
    decide(recording) {
      const first = new Set(readEvidence(recording).firstProcesses.values());
      const sessions = kernelSaid(recording, 'process-session').flatMap(({ question, answer }) =>
        first.has(question.processId) && 'sessionId' in answer ? [answer.sessionId] : [],
      );
      if (sessions.length === 0) return NO_SILO;
      const distinct = new Set(sessions);
      const holds = distinct.size === sessions.length && !distinct.has(0);
      return [holds ? 'confirmed' : 'refuted', `sessions ${sessions.join(', ')}`];
    },
  },
  {
    id: 'job-opens-to-administrators',
    statement: "An administrator may open a container's job to query it, and a user may not.",
    source: 'hcsshim, which opens it with all rights, and as SYSTEM only',
    decide(recording) {
      const { askerElevated } = readEvidence(recording);
      if (askerElevated === undefined) return NOT_ASKED;
      return every(
        kernelSaid(recording, 'job-silo').filter(
          ({ answer }) => !('refused' in answer && answer.statusName === 'STATUS_OBJECT_NAME_NOT_FOUND'),
        ),
        ({ answer }) => ('refused' in answer && answer.refused === 'open') !== askerElevated,
        ({ answer }) => `asked ${askerElevated ? 'as an administrator' : 'without elevation'}: ${words(answer)}`,
      );
    },
  },
  {
    id: 'job-is-the-silo',
    statement: 'The job Container_<id> is the silo that HCS names: its id (class 36) and its root (class 37).',
    source: 'hcsshim internal/winapi/jobobject.go; NtCoreLib',
    decide: recording =>
      every(
        [...byJob(recording, 'job-silo'), ...byJob(recording, 'job-root')],
        ({ siloId, answer }) =>
          ('siloId' in answer && String(answer.siloId) === siloId && answer.inServerSilo) ||
          ('root' in answer && answer.root.toLowerCase() === `\\silos\\${siloId}`),
        ({ siloId, answer }) => `silo ${siloId}: ${words(answer)}`,
      ),
  },
  {
    id: 'job-guid-is-provider-guid',
    statement: "The job's container GUID (class 30) stands in the name of the silo's WinFsp provider.",
    source: 'winfsp src/sys/driver.c asks the kernel for it',
    decide: recording =>
      every(
        byJob(recording, 'job-container').filter(({ providerGuid }) => providerGuid !== undefined),
        ({ providerGuid, answer }) => 'containerGuid' in answer && answer.containerGuid.toLowerCase() === providerGuid,
        ({ siloId, answer }) => `silo ${siloId}: ${words(answer)}`,
      ),
  },
  {
    id: 'silo-device-lists-its-own',
    statement: "WinFsp's control device in a silo, opened from the host, lists that silo's volumes.",
    source: 'winfsp src/sys/volume.c: the handler asks for no silo',
    decide: recording =>
      every(
        listsOf(recording, 'Device'),
        ({ volumes, own }) => own.every(volume => names(volumes, volume)),
        ({ device, volumes }) => `${device}: ${volumes.join(', ') || 'nothing'}`,
        NO_SILO,
      ),
  },
  {
    id: 'silo-link-lists-the-hosts',
    statement:
      "The link WinFsp.Net in a silo, opened through from the host, leads to the host's device and its volumes.",
    source: 'Project Zero, "Who Contains the Containers?": names resolve in the silo of the thread that asks',
    decide: recording =>
      every(
        listsOf(recording, 'SymbolicLink'),
        ({ volumes, own }) => !own.some(volume => names(volumes, volume)),
        ({ device, volumes }) => `${device}: ${volumes.join(', ') || 'nothing'}`,
        NO_SILO,
      ),
  },
  {
    id: 'mup-answers-anybody',
    statement: 'The MUP tells a user without elevation who its providers are.',
    source: 'NtUtils.Files.Mup.pas opens \\Device\\Mup for SYNCHRONIZE alone; nothing says which rights it needs',
    decide(recording) {
      const { askerElevated } = readEvidence(recording);
      const [said] = kernelSaid(recording, 'mup-providers');
      if (said === undefined || askerElevated === undefined) return NOT_ASKED;
      const told = 'providers' in said.answer;
      if (askerElevated && told) return ['not-decided', 'asked as an administrator, and answered'];
      return told
        ? ['confirmed', `${providersOf(recording).length} providers, asked without elevation`]
        : ['refuted', words(said.answer)];
    },
  },
  {
    id: 'mup-knows-silo-providers',
    statement: "The host's MUP has the WinFsp providers of silos in its list.",
    source: 'winfsp src/sys/driver.c registers them while attached to the silo',
    decide(recording) {
      const guids = readEvidence(recording).silos.flatMap(({ providerGuid }) => providerGuid ?? []);
      const providers = providersOf(recording);
      if (providers.length === 0) return NOT_ASKED;
      return every(
        guids,
        guid => providers.some(({ name }) => name.toLowerCase().endsWith(`{${guid}}`)),
        guid => `{${guid}} among ${providers.length} providers`,
        NO_SILO,
      );
    },
  },
  {
    id: 'silo-providers-come-last',
    statement: "The MUP asks WinFsp's providers of silos after SMB: their number in its list is the higher one.",
    source: 'ProviderOrder names WinFsp.Mup, which theirs are not called; that the unknown come last is inferred',
    decide(recording) {
      const providers = providersOf(recording);
      const smb = providers.find(({ name }) => name.toLowerCase() === '\\device\\lanmanredirector');
      if (smb === undefined) return NOT_ASKED;
      return every(
        providers.filter(({ name }) => OF_A_SILO.test(name)),
        ({ priority }) => priority > smb.priority,
        ({ name, priority }) => `${name} ${priority}, SMB ${smb.priority}`,
        NO_SILO,
      );
    },
  },
  {
    id: 'cache-holds-classes',
    statement: 'What the MUP keeps of a WinFsp volume is its class alone, without the instance.',
    source: 'winfsp src/sys/mup.c: the length that it accepts',
    decide: recording =>
      every(
        kernelSaid(recording, 'mup-prefix-cache').flatMap(({ answer }) =>
          'prefixCache' in answer
            ? answer.prefixCache.filter(({ providerName }) => /WinFsp\./i.test(providerName))
            : [],
        ),
        ({ uncName }) => /^\\[^\\]+\\?$/.test(uncName),
        ({ uncName, providerName }) => `${uncName} of ${providerName}`,
        ['not-decided', 'the cache holds no prefix of WinFsp: no volume was opened by its UNC name of late'],
      ),
  },
  {
    id: 'cache-offsets-from-strings',
    statement: 'Offsets in the answer of 0x10002C count from the texts at byte 36, not from the entry.',
    source: 'NtUtils.Files.Mup.pas has it so, phnt otherwise',
    decide(recording) {
      const said = kernelSaid(recording, 'mup-prefix-cache').flatMap(({ answer }) =>
        'prefixCache' in answer ? (answer.offsetsFrom ?? []) : [],
      );
      return every(
        said,
        from => from === 'strings',
        from => `from the ${from === 'strings' ? 'texts' : 'entry'}`,
        ['not-decided', 'the cache was empty, or could not be asked'],
      );
    },
  },
  {
    id: 'directed-open-reaches-a-silo',
    statement:
      "From the host, a silo's network volume opens as \\Device\\Mup\\;<its provider>\\class\\instance, without a name being resolved.",
    source: 'winfsp src/sys/mup.c and the form that MUP takes for its providers',
    decide: opens('behind-mup'),
  },
  {
    id: 'link-in-silo-reaches-it',
    statement:
      "From the host, it opens through its provider's link as well: \\Silos\\<id>\\Device\\<provider>\\class\\instance.",
    source: 'the target of that link; it resolves in the namespace of the host',
    decide: opens('link-in-silo'),
  },
  {
    id: 'name-in-host-reaches-nothing',
    statement: "The provider's name in the host's own \\Device reaches nothing: it stands in the silo's alone.",
    source: 'winfsp src/sys/driver.c, made while attached to the silo',
    decide: recording =>
      every(
        openedBy(recording, 'name-in-host'),
        ({ outcome }) => !outcome.startsWith('opened'),
        ({ path, outcome }) => `${path}: ${outcome}`,
        NO_SILO,
      ),
  },
  {
    id: 'disk-opens-by-its-device',
    statement:
      "From the host, a silo's disk volume opens as \\Silos\\<id>\\Device\\Volume{guid}, and by no other name.",
    source: 'WinFsp-Container-Support.asciidoc; the form of the path is inferred',
    decide: opens('disk-in-silo'),
  },
];
