import { Button, Checkbox, Field, Input, Select, Spinner } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { FindingCode, Severity } from '../../../shared/domain/inspection.ts';
import { NO_LEAKS } from '../../../shared/domain/judge-policy.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { findingKindWords } from '../../../shared/wording/word-finding-code.ts';
import { policyPrecedence } from '../../../shared/wording/word-policy.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import {
  changeAcceptance,
  changeFinding,
  changeFindingsFrom,
  changeRule,
  moveRule,
  NEW_RULE,
  newAcceptance,
  withAcceptances,
} from '../../stores/policy-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { AcceptanceRow } from './AcceptanceRow.tsx';
import { Fact, Group } from './Group.tsx';
import { PolicyRuleRow } from './PolicyRuleRow.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.policy;
/** Leaks are judged by the rules. */
const POLICED = FindingCode.exclude(['unc-leak']).options;

/** The policy, rule by rule. What the schema refuses cannot be saved. */
export function PolicyGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.policy);
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      <details className={css['hint']}>
        <summary>{words.precedence}</summary>
        <dl className={css['facts']}>
          {policyPrecedence.map(([step, outcome]) => (
            <Fact key={step} name={step}>
              {outcome}
            </Fact>
          ))}
        </dl>
      </details>
      {asked.kind === 'waiting' && <LoadingLines lines={3} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.policy.refresh() }]}
        />
      )}
      {asked.kind === 'known' && (
        <PolicyEditor stores={stores} kept={asked.value.policy} origin={words.origins[asked.value.origin]} />
      )}
    </Group>
  );
}

interface EditorProps {
  readonly stores: Stores;
  readonly kept: Policy;
  readonly origin: string;
}

function PolicyEditor({ stores, kept, origin }: EditorProps): ReactElement {
  const { policy: draft, base, saving, fault } = useStore(stores.policy.draft);
  const policy = draft ?? kept;
  const edit = (change: (policy: Policy) => Policy): void => stores.policy.edit(change);
  // Rules have no name of their own: their place tells them apart.
  const rows = policy.rules.map((rule, index) => ({ rule, index, key: `rule-${index}` }));
  const accepted = (policy.acceptances ?? []).map((acceptance, index) => ({
    acceptance,
    index,
    key: `acceptance-${index}`,
  }));
  const parsed = Policy.safeParse(policy);
  const isChanged = draft !== undefined && JSON.stringify(draft) !== JSON.stringify(kept);
  const isOvertaken = isChanged && !saving && JSON.stringify(base) !== JSON.stringify(kept);
  return (
    <>
      <p className={css['hint']}>{origin}</p>
      <Field label={words.name} className={css['short'] ?? ''}>
        <Input value={policy.name} onChange={(_event, { value }) => edit(now => ({ ...now, name: value }))} />
      </Field>
      {policy.rules.length === 0 && <p className={css['hint']}>{words.noRules}</p>}
      <ol className={css['list']} aria-label={words.rules}>
        {rows.map(({ rule, index, key }) => (
          <PolicyRuleRow
            key={key}
            rule={rule}
            number={index + 1}
            last={index === policy.rules.length - 1}
            onChange={change => edit(now => changeRule(now, index, change))}
            onMove={by => edit(now => moveRule(now, index, index + by))}
            onRemove={() => edit(now => ({ ...now, rules: now.rules.filter((_, other) => other !== index) }))}
          />
        ))}
      </ol>
      <Field label={words.otherwise} className={css['short'] ?? ''}>
        <Select
          value={policy.otherwise ?? 'forbid'}
          onChange={(_event, { value }) => edit(now => ({ ...now, otherwise: value === 'allow' ? 'allow' : 'forbid' }))}
        >
          <option value="forbid">{words.otherwises.forbid}</option>
          <option value="allow">{words.otherwises.allow}</option>
        </Select>
      </Field>
      <Field label={words.findingsFrom} className={css['short'] ?? ''}>
        <Select
          value={policy.findingsFrom ?? ''}
          onChange={(_event, { value }) => edit(now => changeFindingsFrom(now, value))}
        >
          <option value="">{words.findingsFromNone}</option>
          {Severity.options.map(severity => (
            <option key={severity} value={severity}>
              {words.findingsFromSeverity[severity]}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset className={css['findings']}>
        <legend className={css['hint']}>{words.findings}</legend>
        {POLICED.map(code => (
          <Checkbox
            key={code}
            label={findingKindWords[code].title}
            checked={policy.findings?.includes(code) === true}
            onChange={(_event, { checked }) => edit(now => changeFinding(now, code, checked === true))}
          />
        ))}
      </fieldset>
      {accepted.length > 0 && (
        <ol className={css['list']} aria-label={words.acceptances}>
          {accepted.map(({ acceptance, index, key }) => (
            <AcceptanceRow
              key={key}
              acceptance={acceptance}
              number={index + 1}
              now={Date.now()}
              onChange={change => edit(now => changeAcceptance(now, index, change))}
              onRemove={() =>
                edit(now =>
                  withAcceptances(
                    now,
                    (now.acceptances ?? []).filter((_, other) => other !== index),
                  ),
                )
              }
            />
          ))}
        </ol>
      )}
      {!parsed.success && (
        <div role="status">
          <StatusMark tone="warning" word={words.invalid} />
          <ul className={css['parts']}>
            {parsed.error.issues.map(({ path, message }) => (
              <li key={`${path.join()} ${message}`}>{words.mistake(path, message)}</li>
            ))}
          </ul>
        </div>
      )}
      {fault !== undefined && <FaultPanel fault={wordFault(fault)} />}
      <div role="status">{isOvertaken && <StatusMark tone="warning" word={words.overtaken} />}</div>
      <div className={css['buttons']}>
        <Button icon={<AddRegular />} onClick={() => edit(now => ({ ...now, rules: [...now.rules, NEW_RULE] }))}>
          {words.add}
        </Button>
        <Button
          icon={<AddRegular />}
          onClick={() => edit(now => withAcceptances(now, [...(now.acceptances ?? []), newAcceptance(Date.now())]))}
        >
          {words.addAcceptance}
        </Button>
        <Button onClick={() => edit(() => NO_LEAKS)}>{words.noLeaks}</Button>
        <span className={css['spring']} />
        {saving ? (
          <Spinner size="tiny" label={words.saving} />
        ) : (
          <>
            {isChanged && <Button onClick={() => stores.policy.discard()}>{words.discard}</Button>}
            <Button
              appearance="primary"
              disabled={!isChanged || !parsed.success}
              onClick={() => void stores.policy.save()}
            >
              {words.save}
            </Button>
          </>
        )}
      </div>
      <div>
        <Button size="small" appearance="subtle" onClick={() => stores.view.show('visibility')}>
          {words.see}
        </Button>
      </div>
    </>
  );
}
