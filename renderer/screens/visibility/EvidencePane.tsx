import { Button, Tooltip } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import type { ReactElement } from 'react';
import type { EvidenceStepCode } from '../../../shared/domain/evidence.ts';
import { stepName } from '../../../shared/domain/evidence-chain.ts';
import type { InspectedVolume, Inspection, Visibility, Way } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { maskCommandLine } from '../../../shared/domain/secrets.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordCellEvidence } from '../../../shared/wording/word-evidence.ts';
import { wordMup } from '../../../shared/wording/word-mup.ts';
import { wordMountPoints } from '../../../shared/wording/word-session.ts';
import { wordVerdict } from '../../../shared/wording/word-verdict.ts';
import { wordBecause, wordWay } from '../../../shared/wording/word-visibility.ts';
import { RawText } from '../../components/CodeBlock.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EvidenceMark } from '../../components/EvidenceMark.tsx';
import { plainText } from '../../components/plain-text.ts';
import { SiloSources } from '../../components/SiloSources.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import { ChainStep } from './ChainStep.tsx';
import { VERDICT_TONES } from './cell-view.tsx';
import css from './Evidence.module.css';
import { Findings } from './Findings.tsx';
import { FixOutcome } from './FixOutcome.tsx';
import { cellOf, namespaceName, volumeName } from './matrix-model.ts';
import { PolicyBlock } from './PolicyBlock.tsx';
import { TestIt } from './TestIt.tsx';

const words = visibilityWords.detail;

export interface EvidencePaneProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
  readonly volume: InspectedVolume | undefined;
  readonly namespace: string | undefined;
  /** Offered where a private form is known. */
  readonly onRelaunch: (() => void) | undefined;
  readonly onChoose: (device: string) => void;
}

/** Why a cell says what it says: reason, evidence, ways in, the chain. Without a choice: the findings. */
export function EvidencePane(props: EvidencePaneProps): ReactElement {
  const { stores, inspection, volume, namespace, onRelaunch, onChoose } = props;
  return (
    <aside className={css['pane']} aria-label={words.region}>
      <FixOutcome stores={stores} inspection={inspection} volume={volume} />
      {volume === undefined ? (
        <>
          <h2 className="srOnly">{words.region}</h2>
          <p className={css['sub']}>{words.none}</p>
        </>
      ) : (
        <VolumeEvidence
          inspection={inspection}
          volume={volume}
          cell={namespace === undefined ? undefined : cellOf(volume, namespace)}
          namespace={namespace}
          onRelaunch={onRelaunch}
          onAgain={step => void stores.inspection.lookAtStep(volume.device, step)}
          test={<TestIt stores={stores} inspection={inspection} volume={volume} namespace={namespace} />}
        />
      )}
      <Findings
        stores={stores}
        inspection={inspection}
        findings={inspection.findings.filter(
          finding => volume === undefined || finding.volumes.includes(volume.device),
        )}
        onChoose={volume === undefined ? onChoose : undefined}
      />
      <PolicyBlock stores={stores} inspection={inspection} volume={volume} />
    </aside>
  );
}

function VolumeEvidence({
  inspection,
  volume,
  cell,
  namespace,
  onRelaunch,
  onAgain,
  test,
}: Omit<EvidencePaneProps, 'volume' | 'onChoose' | 'stores'> & {
  readonly test: ReactElement;
  readonly onAgain: (step: EvidenceStepCode) => void;
  readonly volume: InspectedVolume;
  readonly cell: Visibility | undefined;
}): ReactElement {
  const name = plainText(volumeName(volume));
  const home = plainText(namespaceName(inspection, volume.home));
  return (
    <>
      <div>
        <h2 className={css['title']}>
          {namespace === undefined ? name : words.seenFrom(name, plainText(namespaceName(inspection, namespace)))}
        </h2>
        <div className={css['actions']}>
          <StatusMark
            pill
            tone={VERDICT_TONES[volume.verdict]}
            word={wordVerdict(volume)}
            {...(volume.verdict === 'private' ? { icon: <LockClosedRegular /> } : {})}
          />
          <EvidenceMark rank={volume.proof.rank} ground={volume.proof.ground} />
        </div>
      </div>
      {namespace !== undefined && (
        <div className={css['block']}>
          <h3>{words.because}</h3>
          <p>{cell === undefined ? words.notTested : words.reason(wordBecause(cell.because))}</p>
          {cell !== undefined && <EvidenceLine cell={cell} />}
          {cell?.evidence.detail !== undefined && <RawText text={cell.evidence.detail} />}
        </div>
      )}
      {test}
      {cell !== undefined && cell.visible !== 'no' && (
        <div className={css['block']}>
          <h3>{words.ways}</h3>
          {cell.through.length === 0 && <p className={css['sub']}>{words.noWays}</p>}
          <Ways ways={cell.through} />
        </div>
      )}
      {cell?.refuted !== undefined && (
        <div className={css['block']}>
          <h3>{words.refuted}</h3>
          <Ways ways={cell.refuted} />
        </div>
      )}
      {cell?.unanswered !== undefined && (
        <div className={css['block']}>
          <h3>{words.unanswered}</h3>
          <Ways ways={cell.unanswered} />
        </div>
      )}
      {volume.verdict === 'leaked' && (
        <div className={css['block']}>
          {onRelaunch === undefined ? (
            <p className={css['sub']}>{words.noTwin}</p>
          ) : (
            <Tooltip content={words.relaunchHint} relationship="description">
              <Button appearance="primary" icon={<LockClosedRegular />} onClick={onRelaunch}>
                {words.relaunch}
              </Button>
            </Tooltip>
          )}
        </div>
      )}
      <div className={css['block']}>
        <h3>{words.chain}</h3>
        <ol className={css['chain']}>
          {volume.chain.map(step => (
            <ChainStep
              key={step.code}
              step={step}
              name={stepName(volume.kind, step.code)}
              nameOf={id => plainText(namespaceName(inspection, id))}
              onAgain={onAgain}
            />
          ))}
        </ol>
      </div>
      <div className={css['block']}>
        <h3>{words.facts}</h3>
        <dl className={css['facts']}>
          <Fact name={words.home} value={home} />
          <Fact
            name={words.mountPoints}
            value={
              volume.home === HOST_NAMESPACE
                ? wordMountPoints(volume, inspection.host.facts.sessions)
                : volume.mountPoints.join(', ')
            }
          />
          <Fact name={words.prefix} value={volume.uncPrefix === undefined ? undefined : uncPath(volume.uncPrefix)} />
          <Fact name={words.program} value={programOf(volume)} />
          <Fact name={words.device} value={volume.device} />
          <Fact name={words.provider} value={volume.provider} />
          {/* Why two share a MUP, or not, is read off both. */}
          {inspection.namespaces
            .filter(({ id, kind }) => kind === 'silo' && (id === volume.home || id === namespace))
            .map(({ id, label, mup }) => (
              <Fact key={id} name={words.mup(plainText(label))} value={wordMup(mup)} />
            ))}
        </dl>
      </div>
      <Silos inspection={inspection} of={[volume.home, ...(namespace === undefined ? [] : [namespace])]} />
    </>
  );
}

/** Of each silo that the cell is about: who says which one it is. */
function Silos({ inspection, of }: { readonly inspection: Inspection; readonly of: readonly string[] }): ReactElement {
  const silos = inspection.namespaces.filter(({ id, sources = [] }) => of.includes(id) && sources.length > 0);
  return (
    <>
      {silos.map(({ id, label, siloId, sources = [] }) => (
        <SiloSources key={id} title={words.silo(label, siloId)} sources={sources} />
      ))}
    </>
  );
}

function programOf({ fileSystem }: InspectedVolume): string | undefined {
  return fileSystem?.commandLine === undefined ? fileSystem?.program : maskCommandLine(fileSystem.commandLine);
}

function Ways({ ways }: { readonly ways: readonly Way[] }): ReactElement {
  return (
    <ul>
      {ways.map(way => (
        <li key={`${way.kind}${way.path}`} className={css['way']}>
          <span className={css['kind']}>
            {wordWay(way.kind)} <EvidenceMark rank={way.evidence.rank} ground={way.evidence.ground} />
          </span>
          <span className={css['path']}>{plainText(way.path)}</span>
          <CopyButton text={way.path} what={way.path} />
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | undefined }): ReactElement | null {
  if (value === undefined || value === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{plainText(value)}</dd>
    </>
  );
}

function EvidenceLine({ cell }: { readonly cell: Visibility }): ReactElement {
  const { evidence } = cell;
  return (
    <div className={css['stepWord']}>
      <EvidenceMark rank={evidence.rank} ground={evidence.ground} />
      {evidence.at !== undefined && (
        <time dateTime={evidence.at}>{words.takenAt(new Date(evidence.at).toLocaleTimeString())}</time>
      )}
      {evidence.elapsedMs !== undefined && <span>{words.took(evidence.elapsedMs)}</span>}
      <span>{words.evidence(wordCellEvidence(cell))}</span>
    </div>
  );
}
