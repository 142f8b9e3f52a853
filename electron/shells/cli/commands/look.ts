import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { EvidenceStepCode } from '../../../../shared/domain/evidence.ts';
import { CHAINS, stepName, stepNamed } from '../../../../shared/domain/evidence-chain.ts';
import type { InspectedVolume, Inspection, Visibility } from '../../../../shared/domain/inspection.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { cellText } from '../text/cell-text.ts';
import { writeChain } from '../text/chain-text.ts';
import { doubtful, faint } from '../text/style.ts';
import { type Labels, labelsOf, volumeLabel } from '../text/volume-label.ts';

export function addLook(program: Command, act: Act): void {
  const made = program
    .command('look')
    .description('open one volume from one namespace, or from all, and tell what came of it')
    .argument('<volume>', 'its UNC prefix, mount point or device, as "inspect" shows them')
    .option('--from <namespace>', '"host", or the name of a container; absent: from everywhere')
    .option('--canary', 'write a random token inside, read it back from outside, delete it')
    .option('--plain-unc', 'open its plain UNC name too; that may touch the network')
    .option('--step <step>', 'one link of its chain of evidence alone, E1 to E5, or by its code')
    .action(act(look));
  teach(made, {
    examples: [
      'siloscope look "\\\\memfs\\share" --from host --canary',
      'siloscope look Z:',
      'siloscope look "\\\\memfs\\share" --step E4',
    ],
  });
}

interface LookOptions {
  readonly from?: string;
  readonly canary?: boolean;
  readonly plainUnc?: boolean;
  readonly step?: string;
}

async function look(
  context: Context,
  name: string,
  { from, canary = false, plainUnc = false, step }: LookOptions,
): Promise<number> {
  const { answer, volume, label } = await context.withSession(async session => {
    const inspection = await session.call('inspection.take', {});
    const label = labelsOf(inspection.namespaces);
    const found = findVolume(inspection, name, label);
    const namespace = from === undefined ? {} : { namespace: findNamespace(inspection, from) };
    const only = step === undefined ? {} : { step: findStep(found, step) };
    return {
      answer: await session.call('volume.look', { device: found.device, canary, plainUnc, ...namespace, ...only }),
      volume: found,
      label,
    };
  });
  context.answer(answer, page => {
    if (step === undefined) {
      page.text(`${volumeLabel(volume)} of ${label(volume.home)}, seen from:`);
      page.table({
        columns: ['', ''],
        rows: answer.cells.map(cell => [label(cell.namespace), cellText(cell, cell.namespace === volume.home)]),
      });
      for (const detail of rawAnswers(answer.cells)) page.raw(detail, 2);
    } else writeChain(page, { ...volume, chain: answer.chain }, { cost: true, nameOf: label });
    for (const { what, reason } of answer.gaps) page.text([doubtful('[?] '), what, faint(`: ${reason}`)], { hang: 4 });
  });
  return EXIT_CODES.done;
}

/**
 * What was asked and answered, each once: also by names that led nowhere or gave no answer, of which a cell's own evidence
 * says nothing.
 */
function rawAnswers(cells: readonly Visibility[]): ReadonlySet<string> {
  const seen = cells.flatMap(({ evidence, refuted = [], unanswered = [] }) => [
    evidence,
    ...[...refuted, ...unanswered].map(way => way.evidence),
  ]);
  return new Set(seen.flatMap(({ detail }) => detail ?? []));
}

function findStep({ kind }: InspectedVolume, name: string): EvidenceStepCode {
  const step = stepNamed(kind, name);
  if (step !== undefined) return step;
  const known = CHAINS[kind].map(code => `${stepName(kind, code)} ${code}`);
  throw new FaultError({ code: 'not-found', what: `step of a ${kind} volume`, name, known });
}

/** By any of its names; of several with that name none is guessed. */
function findVolume({ volumes }: Inspection, name: string, label: Labels): InspectedVolume {
  const wanted = name.toLowerCase();
  const isNamed = (volume: InspectedVolume): boolean =>
    [volume.device, volume.uncPrefix, volumeLabel(volume), ...volume.mountPoints].some(
      known => known?.toLowerCase() === wanted,
    );
  const found = volumes.filter(isNamed);
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  const known = (
    found.length > 1 ? found.map(({ device, home }) => `${device} (of ${label(home)})`) : volumes.map(volumeLabel)
  ).slice(0, 50);
  throw new FaultError({ code: 'not-found', what: found.length > 1 ? 'single volume' : 'volume', name, known });
}

function findNamespace({ namespaces }: Inspection, name: string): string {
  const found = namespaces.find(({ id, label }) => id === name || label === name);
  if (found !== undefined) return found.id;
  const known = namespaces.map(({ label }) => label).slice(0, 50);
  throw new FaultError({ code: 'not-found', what: 'namespace', name, known });
}
