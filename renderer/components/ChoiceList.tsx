import { type ReactElement, type ReactNode, useId } from 'react';
import css from './ChoiceList.module.css';

export interface Choice {
  readonly value: string;
  /** The accessible name, when what is drawn is too much to read out. */
  readonly label?: string;
  readonly content: ReactNode;
}

export interface ChoiceListProps {
  readonly label: string;
  readonly look: 'cards' | 'rows';
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose: (value: string) => void;
}

/** One of several: the browser's own radio buttons under a richer look, so that keys and names come for free. */
export function ChoiceList({ label, look, choices, chosen, onChoose }: ChoiceListProps): ReactElement {
  const group = useId();
  return (
    <div className={css[look]} role="radiogroup" aria-label={label}>
      {choices.map(({ value, label: name, content }) => (
        <label key={value} className={css['choice']}>
          <input
            type="radio"
            name={group}
            value={value}
            checked={value === chosen}
            aria-label={name}
            onChange={() => onChoose(value)}
          />
          {content}
        </label>
      ))}
    </div>
  );
}
