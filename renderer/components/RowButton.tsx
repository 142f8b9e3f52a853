import type { ReactElement, ReactNode } from 'react';
import css from './RowButton.module.css';

export interface RowButtonProps {
  readonly icon: ReactElement;
  /** What it does to this very row. */
  readonly label: string;
  readonly title: string;
  readonly onClick: () => void;
  /** A word beside the icon; it gets a frame. */
  readonly children?: ReactNode;
}

/** A button of a table's row. It looks like Fluent's small one at a fraction of its price. */
export function RowButton({ icon, label, title, onClick, children }: RowButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={children === undefined ? css['button'] : `${css['button']} ${css['framed']}`}
      aria-label={label}
      title={title}
      onClick={onClick}
    >
      {icon}
      {children}
    </button>
  );
}
