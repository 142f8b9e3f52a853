import { z } from 'zod';

/**
 * A source that says which silo a container lives in. `hcsdiag`: ObRoot. `silo-directory`: the list of `\Silos`.
 * `provider-guid`: the GUID in the name of the silo's own MUP provider. `volume-device`: a volume that fsptool lists in
 * the container, found in a silo's `\Device`; its name is a GUID made with it, so these are two witnesses by themselves.
 * `docker-inspect`: State.Pid. `docker-top`: the container's processes.
 * `job-name`: the job `\Container_<id>`.
 */
export const SiloSource = z.enum([
  'hcsdiag',
  'silo-directory',
  'provider-guid',
  'volume-device',
  'docker-inspect',
  'docker-top',
  'job-name',
]);
export type SiloSource = z.infer<typeof SiloSource>;

/** What one source said, in its own terms, and how that compares with the others. */
export const SiloWord = z.object({
  source: SiloSource,
  /** E.g. `ObRoot \Silos\1720`. */
  said: z.string(),
  /** `alone`: nobody else said anything that it could be compared with. */
  verdict: z.enum(['agrees', 'differs', 'alone']),
});
export type SiloWord = z.infer<typeof SiloWord>;

/** What was heard of one container, or of a silo without one. A source that could not be asked is absent. */
export interface SiloTestimony {
  /** The silo that the container is shown in; absent: none is known. */
  readonly siloId?: number;
  /** Docker's 64-hex id. */
  readonly container?: string;
  /** `unheard-of`: HCS answered, and does not know the container. */
  readonly hcs?: 'unheard-of' | { readonly siloId?: number | undefined; readonly runtimeId?: string | undefined };
  /** Every silo that `\Silos` lists. */
  readonly directory?: readonly number[];
  /** The GUIDs that providers in the silo's `\Device` carry, lower case. */
  readonly guids?: readonly string[];
  /** The same GUID in other silos. */
  readonly guidElsewhere?: readonly number[];
  /** Whether there is a job of its name; absent also where no job of any container is named like this. */
  readonly hasJob?: boolean;
  /** Host process id of its first process. */
  readonly entryProcess?: number;
  readonly processes?: readonly number[];
  /** Of its processes, those that another container has as well. */
  readonly sharedProcesses?: readonly number[];
  /** Silos in whose `\Device` the volumes are that fsptool lists in it. */
  readonly volumeSilos?: readonly number[];
}

const MOST_PROCESSES = 8;
const silo = (id: number): string => `\\Silos\\${id}`;

/** Compares what the sources say, one by one, with what the others say. A word that nothing bears out is `alone`, never agreed. */
export function compareSiloSources(heard: SiloTestimony): SiloWord[] {
  return [
    hcsWord(heard),
    directoryWord(heard),
    guidWord(heard),
    volumeWord(heard),
    ...processWords(heard),
    jobWord(heard),
  ].flatMap(word => word ?? []);
}

/** Silos that a source names, but for HCS and the list of all: where these differ, one of them is wrong. */
function hcsWord({ hcs, siloId, directory, volumeSilos }: SiloTestimony): SiloWord | undefined {
  if (hcs === undefined) return undefined;
  const source = 'hcsdiag';
  if (hcs === 'unheard-of') return { source, said: 'no such compute system', verdict: 'differs' };
  if (hcs.siloId === undefined)
    return { source, said: 'no ObRoot', verdict: siloId === undefined ? 'alone' : 'differs' };
  const said = `ObRoot ${silo(hcs.siloId)}`;
  const isListed = directory?.includes(hcs.siloId);
  const holdsVolumes =
    volumeSilos === undefined || volumeSilos.length === 0 ? undefined : volumeSilos.every(id => id === hcs.siloId);
  return { source, said, verdict: together([isListed, holdsVolumes]) };
}

function directoryWord({ directory, siloId, hcs }: SiloTestimony): SiloWord | undefined {
  const byHcs = typeof hcs === 'object' ? hcs.siloId : undefined;
  const id = siloId ?? byHcs;
  if (directory === undefined || id === undefined) return undefined;
  const source = 'silo-directory';
  if (!directory.includes(id)) return { source, said: `no ${silo(id)}`, verdict: 'differs' };
  // That a silo is there says nothing of whose it is: it bears out a source that names it.
  return { source, said: silo(id), verdict: byHcs === id ? 'agrees' : 'alone' };
}

function guidWord({ guids, guidElsewhere = [], hcs }: SiloTestimony): SiloWord | undefined {
  if (guids === undefined || guids.length === 0) return undefined;
  const source = 'provider-guid';
  const said = guids.map(guid => `{${guid}}`).join(', ');
  if (guids.length > 1) return { source, said, verdict: 'differs' };
  if (guidElsewhere.length > 0)
    return { source, said: `${said}, as in ${guidElsewhere.map(silo).join(', ')}`, verdict: 'differs' };
  const runtimeId = typeof hcs === 'object' ? hcs.runtimeId : undefined;
  if (runtimeId === undefined) return { source, said, verdict: 'alone' };
  // That HCS's RuntimeId is the same GUID is documented nowhere: only where they are equal does that tell something.
  const isSame = runtimeId === guids[0];
  return {
    source,
    said: isSame ? `${said}, the RuntimeId of HCS` : `${said}; RuntimeId of HCS {${runtimeId}}`,
    verdict: isSame ? 'agrees' : 'alone',
  };
}

/** Whether the volumes that fsptool lists in a container are in the `\Device` of the silo it is shown in. */
export function volumeWord({
  volumeSilos = [],
  siloId,
}: Pick<SiloTestimony, 'volumeSilos' | 'siloId'>): SiloWord | undefined {
  if (volumeSilos.length === 0) return undefined;
  const said = [...new Set(volumeSilos)].map(silo).join(', ');
  return { source: 'volume-device', said, verdict: volumeSilos.every(id => id === siloId) ? 'agrees' : 'differs' };
}

function processWords({ entryProcess, processes, sharedProcesses = [] }: SiloTestimony): SiloWord[] {
  const holds = entryProcess === undefined || processes === undefined ? undefined : processes.includes(entryProcess);
  const isShared = sharedProcesses.length > 0;
  const verdict = isShared || holds === false ? 'differs' : holds === true ? 'agrees' : 'alone';
  const shown = (processes ?? []).slice(0, MOST_PROCESSES).join(', ');
  const more = (processes?.length ?? 0) > MOST_PROCESSES ? ', ...' : '';
  const shared = isShared ? `; of another container too: ${sharedProcesses.slice(0, MOST_PROCESSES).join(', ')}` : '';
  return [
    ...(entryProcess === undefined
      ? []
      : [
          {
            source: 'docker-inspect',
            said: `State.Pid ${entryProcess}`,
            verdict: holds === undefined ? 'alone' : holds ? 'agrees' : 'differs',
          } as const,
        ]),
    ...(processes === undefined
      ? []
      : [{ source: 'docker-top', said: `PID ${shown}${more}${shared}`, verdict } as const]),
  ];
}

function jobWord({ hasJob, container = '', siloId, entryProcess }: SiloTestimony): SiloWord | undefined {
  if (hasJob === undefined) return undefined;
  const name = `\\Container_${container.slice(0, 12)}...`;
  if (!hasJob) return { source: 'job-name', said: `no ${name}`, verdict: 'differs' };
  return {
    source: 'job-name',
    said: name,
    verdict: siloId === undefined && entryProcess === undefined ? 'alone' : 'agrees',
  };
}

/** One no is a difference; one yes is agreement; nothing is nothing. */
function together(answers: readonly (boolean | undefined)[]): SiloWord['verdict'] {
  if (answers.includes(false)) return 'differs';
  return answers.includes(true) ? 'agrees' : 'alone';
}
