import type { ReactElement } from 'react';
import css from './ToggleChips.module.css';

/** Members to be shown alone, any number of them; none pressed means all. */
export function ToggleChips<T extends string>({
  label,
  members,
  words,
  pressed,
  onChange,
}: {
  /** What they narrow down, for who does not see them. */
  readonly label: string;
  readonly members: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  readonly pressed: ReadonlySet<T>;
  readonly onChange: (pressed: ReadonlySet<T>) => void;
}): ReactElement {
  return (
    <fieldset className={css['chips']} aria-label={label}>
      {members.map(member => (
        <button
          key={member}
          type="button"
          className={css['chip']}
          aria-pressed={pressed.has(member)}
          onClick={() => onChange(toggled(pressed, member))}
        >
          {words[member]}
        </button>
      ))}
    </fieldset>
  );
}

function toggled<T>(pressed: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const after = new Set(pressed);
  if (!after.delete(member)) after.add(member);
  return after;
}
