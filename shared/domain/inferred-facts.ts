import { bySilo, type InferredFact, type JudgedFact, NO_SILO } from './inferred-fact.ts';
import { INFERRED_KERNEL_FACTS } from './inferred-kernel-facts.ts';
import { readEvidence } from './recorded-evidence.ts';
import type { Recording } from './recording.ts';

const PROVIDER = /^WinFsp\.Mup[^{]*\{[0-9a-f-]{36}\}$/i;

/** What directories, links, programs and the engine decide. */
const READ_FACTS: readonly InferredFact[] = [
  {
    id: 'hcs-names-the-silo',
    statement:
      'HCS names the silo of a process-isolated container: ObRoot ends in \\Silos\\<id>, and \\Silos lists that id.',
    source: 'a public course script; the schema of HCS',
    decide(recording) {
      const { compute, siloIds } = readEvidence(recording);
      const named = compute.filter(system => system.siloId !== undefined);
      if (named.length === 0 || siloIds === undefined)
        return ['not-decided', 'hcsdiag or \\Silos did not answer, or no container ran'];
      const missing = named.find(system => !siloIds.includes(system.siloId ?? ''));
      return missing === undefined
        ? ['confirmed', `${named.length} compute systems, each with its directory`]
        : ['refuted', `${missing.id.slice(0, 12)} names silo ${missing.siloId}, which \\Silos does not list`];
    },
  },
  {
    id: 'runtime-id-is-provider-guid',
    statement: "HCS's RuntimeId is the GUID in the name of the silo's WinFsp provider.",
    source: 'nothing: it is an open question of the check list',
    decide(recording) {
      const { compute, silos } = readEvidence(recording);
      const pairs = silos.flatMap(silo => {
        const runtimeId = compute.find(system => system.siloId === silo.id)?.runtimeId;
        return runtimeId === undefined || silo.providerGuid === undefined
          ? []
          : [[runtimeId, silo.providerGuid] as const];
      });
      if (pairs.length === 0) return NO_SILO;
      const differs = pairs.some(([runtimeId, guid]) => runtimeId !== guid);
      return [differs ? 'refuted' : 'confirmed', `${pairs.length} silos compared`];
    },
  },
  {
    id: 'silos-need-elevation',
    statement: '\\Silos can be listed by administrators only.',
    source: 'Windows Internals 7, chapter 3; the rights of like directories',
    decide(recording) {
      const { elevated, silosAnswer } = readEvidence(recording);
      if (elevated === undefined || silosAnswer === undefined)
        return ['not-decided', 'whoami or \\Silos did not answer'];
      if (silosAnswer === 'not-found') return ['not-decided', 'there is no \\Silos yet'];
      if (elevated && silosAnswer === 'listed') return ['not-decided', 'asked as an administrator, and listed'];
      const seen = `asked ${elevated ? 'as an administrator' : 'without elevation'}: ${silosAnswer}`;
      return [!elevated && silosAnswer === 'access-denied' ? 'confirmed' : 'refuted', seen];
    },
  },
  {
    id: 'silo-mup-is-a-link',
    statement: "A silo's \\Device\\Mup is a symbolic link to \\Device\\Mup, hence the host's.",
    source: 'WinFsp-Container-Support.asciidoc (that it is a link); the target is inferred',
    decide: bySilo(silo => {
      const type = silo.device.get('mup');
      if (type === undefined) return undefined;
      const target = silo.links.get('mup') ?? 'target not read';
      return [type === 'SymbolicLink' && target.toLowerCase() === '\\device\\mup', `${type}, ${target}`];
    }),
  },
  {
    id: 'provider-link-in-silo',
    statement: "MUP's link for the silo's provider, WinFsp.Mup...{guid}, is in the silo's own \\Device.",
    source: 'winfsp src/sys/driver.c, made while attached to the silo',
    decide: bySilo(silo => {
      if (![...silo.device.keys()].some(name => name.startsWith('winfsp.'))) return undefined;
      const name = [...silo.device.keys()].find(one => PROVIDER.test(one));
      return [name !== undefined, name ?? 'WinFsp devices without a provider'];
    }),
  },
  {
    id: 'provider-link-not-in-host',
    statement: "The link of a silo's provider is not in the host's \\Device.",
    source: 'winfsp src/sys/driver.c, made while attached to the silo',
    decide(recording) {
      const { hostDevice, silos } = readEvidence(recording);
      if (hostDevice === undefined || !silos.some(silo => silo.providerGuid !== undefined)) return NO_SILO;
      const stray = [...hostDevice.keys()].find(name => PROVIDER.test(name));
      return stray === undefined ? ['confirmed', 'none there'] : ['refuted', `\\Device\\${stray}`];
    },
  },
  {
    id: 'network-volume-is-a-link',
    statement:
      "A network volume in a silo is a link to the provider that carries the silo's GUID; a disk volume is a device.",
    source: 'winfsp src/sys/volume.c',
    decide: bySilo(silo => {
      const links = [...silo.device].filter(([name, type]) => name.startsWith('volume{') && type === 'SymbolicLink');
      const [first] = links;
      if (first === undefined) return undefined;
      const targets = links.map(([name]) => silo.links.get(name) ?? '');
      return [
        targets.every(target => /^\\Device\\WinFsp\.Mup[^{]*\{[0-9a-f-]{36}\}/i.test(target)),
        `${first[0]} -> ${targets[0] ?? ''}`,
      ];
    }),
  },
  {
    id: 'sxs-names-are-links',
    statement: "With a side-by-side WinFsp, a silo's WinFsp.Net is a link and WinFsp.Net+<instance> the device.",
    source: 'winfsp src/sys/driver.c',
    decide: bySilo(silo => {
      const device = [...silo.device.keys()].find(name => name.startsWith('winfsp.net+'));
      if (device === undefined) return undefined;
      const types = `${silo.device.get('winfsp.net') ?? 'missing'} and ${silo.device.get(device) ?? ''}`;
      return [types === 'SymbolicLink and Device', types];
    }),
  },
  {
    id: 'letters-in-silo',
    statement:
      "A drive letter mounted in a container is in the silo's \\Sessions\\0\\DosDevices\\<logon> or its \\GLOBAL??.",
    source: 'winfsp src/dll/mount.c; the silo has logon sessions of its own',
    decide: bySilo(silo => {
      const [first] = silo.letters;
      return first === undefined ? undefined : [true, first];
    }),
  },
  {
    id: 'job-named-after-container',
    statement: 'The root lists a Job named Container_<id> for each process-isolated container that runs.',
    source: 'hcsshim internal/hcs/v2/system.go, which advises against relying on it',
    decide(recording) {
      const { jobs, processContainers } = readEvidence(recording);
      if (jobs === undefined || processContainers.length === 0)
        return ['not-decided', 'no container ran, or the root could not be listed'];
      const missing = processContainers.find(id => !jobs.has(id));
      return missing === undefined
        ? ['confirmed', `${processContainers.length} containers`]
        : ['refuted', `none for ${missing.slice(0, 12)}`];
    },
  },
  {
    id: 'silo-ids-are-multiples-of-four',
    statement: 'Silo ids are multiples of 4, as process ids are.',
    source: 'Windows Internals 7: one table gives both',
    decide: bySilo(silo => [Number(silo.id) % 4 === 0, silo.id]),
  },
  {
    id: 'hyperv-has-no-silo',
    statement: 'A Hyper-V isolated container has no silo on this kernel: HCS names no ObRoot for it.',
    source: 'Microsoft on Hyper-V containers; it runs on a kernel of its own',
    decide(recording) {
      const { compute, hypervContainers } = readEvidence(recording);
      const known = compute.filter(system => hypervContainers.includes(system.id));
      if (known.length === 0) return ['not-decided', 'no Hyper-V isolated container ran, or hcsdiag did not answer'];
      const stray = known.find(system => system.siloId !== undefined);
      return stray === undefined ? ['confirmed', `${known.length} containers`] : ['refuted', `silo ${stray.siloId}`];
    },
  },
  {
    id: 'global-silos-link',
    statement: '\\GLOBAL??\\Silos is a link to \\Silos.',
    source: "the form of HCS's ObRoot, \\\\.\\Silos\\<id>",
    decide(recording) {
      const { global, globalLinks } = readEvidence(recording);
      if (global === undefined) return ['not-decided', '\\GLOBAL?? could not be listed'];
      if (!global.has('silos')) return ['refuted', 'there is none'];
      const target = globalLinks.get('silos') ?? 'target not read';
      return [target.toLowerCase() === '\\silos' ? 'confirmed' : 'refuted', target];
    },
  },
  {
    id: 'unc-leads-to-mup',
    statement: '\\GLOBAL??\\UNC is a link to \\Device\\Mup.',
    source: 'the layout of Windows 10',
    decide(recording) {
      const target = readEvidence(recording).globalLinks.get('unc');
      if (target === undefined) return ['not-decided', 'the link could not be read'];
      return [target.toLowerCase() === '\\device\\mup' ? 'confirmed' : 'refuted', target];
    },
  },
  {
    id: 'anybody-may-start-the-fsd',
    statement: "Anybody may start the FSD's service, without elevation.",
    source: "winfsp src/dll/fsctl.c sets the service's rights",
    decide(recording) {
      const { sddl } = readEvidence(recording);
      if (sddl === undefined) return ['not-decided', 'sc sdshow did not answer'];
      // RP is SERVICE_START; Everyone, Authenticated Users, Interactive, Users.
      const grant = /\(A;[A-Z]*;[A-Z]*RP[A-Z]*;;;(?:WD|AU|IU|BU)\)/.exec(sddl)?.[0];
      return grant === undefined ? ['refuted', sddl] : ['confirmed', grant];
    },
  },
  {
    id: 'host-list-hides-silos',
    statement: 'fsptool lsvol on the host names no volume of a silo.',
    source: 'winfsp src/sys/volume.c: the list is that of the device asked',
    decide(recording) {
      const { hostVolumes, silos } = readEvidence(recording);
      const inside = silos.flatMap(silo => [...silo.device.keys()].filter(name => name.startsWith('volume{')));
      if (hostVolumes === undefined || inside.length === 0) return NO_SILO;
      const shown = inside.find(name => hostVolumes.toLowerCase().includes(name));
      return shown === undefined ? ['confirmed', `${inside.length} volumes, none of them listed`] : ['refuted', shown];
    },
  },
];

/** What is inferred of Windows and WinFsp and can be decided by asking alone, in the order of the check lists. */
export const INFERRED_FACTS: readonly InferredFact[] = [...READ_FACTS, ...INFERRED_KERNEL_FACTS];

/** Judges every inferred fact by a recording. Total. */
export function judgeInferredFacts(recording: Recording): readonly JudgedFact[] {
  return INFERRED_FACTS.map(({ id, statement, source, decide }) => {
    const [verdict, evidence] = decide(recording);
    return { id, statement, source, verdict, evidence };
  });
}
