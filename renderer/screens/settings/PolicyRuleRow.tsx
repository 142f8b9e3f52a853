import { Button, Field, Input, Select } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import type { ReactElement } from 'react';
import type { PolicyRule } from '../../../shared/domain/policy.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import css from './SettingsScreen.module.css';

const words = settingsWords.policy;
const SEEN_FROM = ['anywhere', 'host', 'silo'] as const satisfies readonly PolicyRule['seenFrom'][];
const PATTERNS = ['uncPrefix', 'container', 'image', 'label', 'profile'] as const;

export interface PolicyRuleRowProps {
  readonly rule: PolicyRule;
  readonly number: number;
  readonly last: boolean;
  readonly onChange: (change: Partial<PolicyRule>) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** One rule: what it says, of what, seen from where, and why. An empty pattern fits everything. */
export function PolicyRuleRow({ rule, number, last, onChange, onMove, onRemove }: PolicyRuleRowProps): ReactElement {
  return (
    <li className={css['rule']} aria-label={words.rule(number)}>
      <div className={css['ruleHead']}>
        <span className={css['name']}>{words.rule(number)}</span>
        <span className={css['spring']} />
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowUpRegular />}
          aria-label={words.up(number)}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        />
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowDownRegular />}
          aria-label={words.down(number)}
          disabled={last}
          onClick={() => onMove(1)}
        />
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={words.remove(number)}
          onClick={onRemove}
        />
      </div>
      <div className={css['fields']}>
        <Field label={words.allow} size="small">
          <Select
            value={rule.allow ? 'allow' : 'forbid'}
            onChange={(_event, { value }) => onChange({ allow: value === 'allow' })}
          >
            <option value="forbid">{words.allows.forbid}</option>
            <option value="allow">{words.allows.allow}</option>
          </Select>
        </Field>
        <Field label={words.seenFrom} size="small">
          <Select
            value={rule.seenFrom}
            onChange={(_event, { value }) =>
              onChange({ seenFrom: SEEN_FROM.find(from => from === value) ?? 'anywhere' })
            }
          >
            {SEEN_FROM.map(from => (
              <option key={from} value={from}>
                {words.seenFroms[from]}
              </option>
            ))}
          </Select>
        </Field>
        {PATTERNS.map(field => (
          <Field key={field} label={words[field]} size="small">
            <Input
              placeholder={words.any}
              value={rule[field] ?? ''}
              onChange={(_event, { value }) => onChange({ [field]: value })}
            />
          </Field>
        ))}
        <Field className={css['wide'] ?? ''} label={words.reason} size="small">
          <Input value={rule.reason ?? ''} onChange={(_event, { value }) => onChange({ reason: value })} />
        </Field>
      </div>
    </li>
  );
}
