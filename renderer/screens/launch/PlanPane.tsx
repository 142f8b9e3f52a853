import { Button, Spinner, Textarea } from '@fluentui/react-components';
import { EyeFilled } from '@fluentui/react-icons/svg/eye';
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { RocketRegular } from '@fluentui/react-icons/svg/rocket';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import type { Fault } from '../../../shared/contract/fault.ts';
import { parseDockerRun } from '../../../shared/domain/docker-run.ts';
import type { Visibility } from '../../../shared/domain/inspection.ts';
import type { LaunchPlan } from '../../../shared/domain/launch.ts';
import { formatList } from '../../../shared/wording/amounts.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { recipeWords } from '../../../shared/wording/screen-recipe.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordMustHold } from '../../../shared/wording/word-recipe.ts';
import { wordDockerRunRefusal } from '../../../shared/wording/word-refusal.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EvidenceMark } from '../../components/EvidenceMark.tsx';
import { type FaultAction, FaultPanel } from '../../components/FaultPanel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { dockerRunText, formOfDockerRun, siloscopeText } from '../../stores/launch-form.ts';
import { hasSecretCommand, leftOutOfProfile } from '../../stores/own-profile.ts';
import type { Stores } from '../../stores/stores.ts';
import { shortReference } from '../image-looks.ts';
import { useAsked } from '../use-asked.ts';
import { LackingImage, useLacking } from './LackingImage.tsx';
import css from './LaunchScreen.module.css';
import { TouchedVolumes } from './TouchedVolumes.tsx';

const words = launchScreenWords;

/** What the launch will do, who will see it, and the same as a `docker run` line. */
export function PlanPane({ stores }: { readonly stores: Stores }): ReactElement {
  const planned = useStore(stores.launch.planned);
  const lacking = useLacking(stores, planned.kind === 'planned' ? planned.plan : undefined);
  // What stands above the warnings with its ways out is not said again among them.
  const said = lacking === undefined ? undefined : wordMustHold(lacking.needs);
  const warnings = planned.kind === 'planned' ? planned.plan.warnings.filter(warning => warning !== said) : [];
  const isStale = (planned.kind === 'planned' || planned.kind === 'faulted') && planned.stale;
  return (
    <aside className={css['side']} aria-label={words.plan}>
      <div className={css['row']}>
        <h2>{words.plan}</h2>
        <span className={css['spring']} />
        {isStale && <Spinner size="extra-tiny" aria-label={words.planning} />}
      </div>
      {planned.kind === 'none' && <p className={css['sub']}>{words.choose}</p>}
      {planned.kind === 'asking' && <LoadingLines lines={2} />}
      {planned.kind === 'faulted' && (
        <FaultPanel fault={wordFault(planned.fault)} actions={fixesOf(stores, planned.fault)} />
      )}
      {planned.kind === 'planned' && (
        <div className={`${css['plan']} ${isStale ? css['stale'] : ''}`} aria-busy={isStale}>
          <Predicted stores={stores} plan={planned.plan} />
          {lacking !== undefined && <LackingImage stores={stores} image={planned.plan.image} lacking={lacking} />}
          {warnings.length > 0 && (
            <div className={css['sees']}>
              <h3>{words.warnings}</h3>
              {warnings.map(warning => (
                <StatusMark key={warning} tone="warning" word={<Prose text={warning} />} />
              ))}
            </div>
          )}
        </div>
      )}
      <Button
        appearance="primary"
        size="large"
        icon={<RocketRegular />}
        disabled={planned.kind !== 'planned'}
        onClick={() => void stores.launch.launch()}
      >
        {words.launch}
      </Button>
      <SiloscopeLine stores={stores} />
      <DockerText stores={stores} plan={planned.kind === 'planned' ? planned.plan : undefined} />
    </aside>
  );
}

/** The buttons that cure a plan's fault right in the form. */
export function fixesOf(stores: Stores, fault: Fault): FaultAction[] {
  const { launch } = stores;
  if (fault.code === 'unc-prefix-in-use') {
    return [{ label: words.take(fault.proposal), run: () => launch.edit({ uncPrefix: fault.proposal }) }];
  }
  if (fault.code === 'base-image-incompatible' && fault.nearest !== undefined) {
    const { nearest } = fault;
    return [{ label: words.take(shortReference(nearest)), run: () => launch.edit({ image: nearest }) }];
  }
  if (fault.code === 'fsd-not-running') {
    return [{ label: words.startDriver, run: () => launch.edit({ startFsd: true }) }];
  }
  if (fault.code === 'image-not-built') {
    const { profile } = fault;
    return [{ label: recipeWords.open, run: () => void stores.build.open(profile) }];
  }
  if (fault.code === 'name-in-use') return [{ label: words.otherName, run: () => launch.edit({ name: '' }) }];
  return [];
}

interface PlanProps {
  readonly stores: Stores;
  readonly plan: LaunchPlan;
}

function Predicted({ stores, plan }: PlanProps): ReactElement {
  const snapshot = useAsked(stores.snapshot);
  const inspection = useAsked(stores.inspection);
  const labels = new Map(
    inspection.kind === 'known' ? inspection.value.namespaces.map(({ id, label }) => [id, label]) : [],
  );
  const host = snapshot.kind === 'known' ? snapshot.value.host.facts.machineName : undefined;
  const nameOf = ({ namespace }: Visibility): string =>
    shortName(labels.get(namespace) ?? (namespace === 'host' && host !== undefined ? words.theHost(host) : namespace));
  const others = plan.predicted.filter(({ because }) => because !== 'its-own-namespace');
  const yes = others.filter(({ visible }) => visible === 'yes');
  const no = others.filter(({ visible }) => visible === 'no');
  const unknown = others.filter(({ visible }) => visible === 'unknown');
  const documented = yes.filter(({ evidence }) => evidence.ground !== 'inferred');
  const inferred = yes.filter(({ evidence }) => evidence.ground === 'inferred');
  return (
    <div className={css['sees']} aria-live="polite">
      <h3>{words.predicted}</h3>
      {yes.length === 0 && unknown.length === 0 && (
        <StatusMark pill tone="good" icon={<LockClosedRegular />} word={words.hiddenEverywhere} />
      )}
      {[documented, inferred].map(cells => {
        const [first] = cells;
        if (first === undefined) return null;
        return (
          <div key={first.evidence.ground} className={css['see']}>
            <StatusMark tone="leak" icon={<EyeFilled />} word={words.seenFrom(formatList(cells.map(nameOf), 3))} />
            <EvidenceMark rank={first.evidence.rank} ground={first.evidence.ground} />
          </div>
        );
      })}
      {no.length > 0 && <StatusMark tone="good" icon={<EyeOffRegular />} word={words.hiddenFrom(no.length)} />}
      {unknown.length > 0 && <StatusMark tone="muted" word={words.unknownFrom(unknown.length)} />}
      <p className={css['sub']}>{plan.kind === undefined ? words.unpredictedNote : words.predictedNote}</p>
      <TouchedVolumes plan={plan} nameOf={nameOf} />
    </div>
  );
}

function SiloscopeLine({ stores }: { readonly stores: Stores }): ReactElement | null {
  const line = siloscopeText(useStore(stores.launch.form));
  if (line === '') return null;
  return (
    <div className={css['sees']}>
      <h3>{words.asCommand}</h3>
      <CodeBlock text={line} what={words.asCommand.toLowerCase()} />
    </div>
  );
}

function DockerText({
  stores,
  plan,
}: {
  readonly stores: Stores;
  readonly plan: LaunchPlan | undefined;
}): ReactElement {
  const form = useStore(stores.launch.form);
  const isAsking = useStore(stores.launch.planned, ({ kind }) => kind === 'asking');
  const [draft, setDraft] = useState<string>();
  const secrets = leftOutOfProfile(form);
  const text = draft ?? (plan === undefined ? '' : dockerRunText(plan, form));
  const parsed = draft === undefined || draft.trim() === '' ? undefined : parseDockerRun(draft);
  return (
    <div className={css['sees']}>
      <div className={css['row']}>
        <h3>{words.dockerRun}</h3>
        <span className={css['spring']} />
        {text !== '' && <CopyButton text={text} what={words.dockerRunLabel} />}
      </div>
      <Textarea
        className={css['docker'] ?? ''}
        aria-label={words.dockerRunLabel}
        rows={text === '' && !isAsking ? 3 : 6}
        placeholder={words.dockerRunPlaceholder}
        resize="vertical"
        spellCheck={false}
        value={text}
        onChange={(_event, { value }) => {
          setDraft(value);
          const read = parseDockerRun(value);
          if (read.ok) stores.launch.edit(formOfDockerRun(form, read.run, plan));
        }}
        onBlur={() => setDraft(undefined)}
      />
      {parsed?.ok === false ? (
        <StatusMark tone="warning" word={<Prose text={wordDockerRunRefusal(parsed.because)} />} />
      ) : (
        <p className={css['sub']}>{words.dockerRunHint}</p>
      )}
      {secrets.length > 0 && <p className={css['sub']}>{words.masked(plainText(formatList(secrets)))}</p>}
      {hasSecretCommand(form) && <p className={css['sub']}>{words.maskedCommand}</p>}
      {form.others.length > 0 && <p className={css['sub']}>{words.others(plainText(form.others.join(' ')))}</p>}
    </div>
  );
}
