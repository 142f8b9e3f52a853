import { Input } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { FilterRegular } from '@fluentui/react-icons/svg/filter';
import type { ReactElement } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';

export interface FilterBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** The screen's filter; Ctrl+F leads to it, Escape empties it. */
export function FilterBox({ value, onChange }: FilterBoxProps): ReactElement {
  return (
    <Input
      type="search"
      size="medium"
      value={value}
      aria-label={shellWords.filter}
      placeholder={`${shellWords.filter} (Ctrl+F)`}
      contentBefore={<FilterRegular />}
      contentAfter={
        value === '' ? null : (
          <DismissRegular role="button" aria-label={shellWords.clearFilter} onClick={() => onChange('')} />
        )
      }
      style={{ width: 'clamp(156px, 15.6vw, 200px)' }}
      onChange={(_event, { value: text }) => onChange(text)}
      onKeyDown={event => {
        if (event.key === 'Escape' && value !== '') {
          event.stopPropagation();
          onChange('');
        }
      }}
    />
  );
}
