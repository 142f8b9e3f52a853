import { Button, Field, Input, Select } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import type { ReactElement } from 'react';
import { endOf } from '../../../shared/domain/acceptance.ts';
import { FindingCode } from '../../../shared/domain/inspection.ts';
import type { Acceptance } from '../../../shared/domain/policy.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { findingKindWords } from '../../../shared/wording/word-finding-code.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.policy;
const PATTERNS = ['uncPrefix', 'container', 'device'] as const;

export interface AcceptanceRowProps {
  readonly acceptance: Acceptance;
  readonly number: number;
  /** Ms since the epoch. */
  readonly now: number;
  readonly onChange: (change: Partial<Acceptance>) => void;
  readonly onRemove: () => void;
}

/** One acceptance: of what, why, and until when; marked once it is over. */
export function AcceptanceRow({ acceptance, number, now, onChange, onRemove }: AcceptanceRowProps): ReactElement {
  return (
    <li className={css['rule']} aria-label={words.acceptance(number)}>
      <div className={css['ruleHead']}>
        <span className={css['name']}>{words.acceptance(number)}</span>
        {endOf(acceptance) <= now && <StatusMark tone="warning" word={words.over} />}
        <span className={css['spring']} />
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={words.removeAcceptance(number)}
          onClick={onRemove}
        />
      </div>
      <div className={css['fields']}>
        <Field label={words.code} size="small">
          <Select
            value={acceptance.code}
            onChange={(_event, { value }) => {
              const code = FindingCode.options.find(other => other === value);
              if (code !== undefined) onChange({ code });
            }}
          >
            {FindingCode.options.map(code => (
              <option key={code} value={code}>
                {findingKindWords[code].title}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={words.until} size="small">
          <Input value={acceptance.until} onChange={(_event, { value }) => onChange({ until: value })} />
        </Field>
        {PATTERNS.map(field => (
          <Field key={field} label={words[field]} size="small">
            <Input
              placeholder={words.any}
              value={acceptance[field] ?? ''}
              onChange={(_event, { value }) => onChange({ [field]: value })}
            />
          </Field>
        ))}
        <Field className={css['wide'] ?? ''} label={words.acceptedReason} size="small">
          <Input value={acceptance.reason} onChange={(_event, { value }) => onChange({ reason: value })} />
        </Field>
      </div>
    </li>
  );
}
