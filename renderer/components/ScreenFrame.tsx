import type { ReactElement, ReactNode } from 'react';
import css from './ScreenFrame.module.css';

export interface ScreenFrameProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly actions?: ReactNode;
  /** The body takes the height that is there and scrolls inside. */
  readonly filling?: boolean;
  readonly children: ReactNode;
}

/** Title, what the screen is for, its actions, and its body. */
export function ScreenFrame({ title, subtitle, actions, filling = false, children }: ScreenFrameProps): ReactElement {
  return (
    <div className={css['frame']}>
      <header className={css['head']}>
        <h1 className={css['title']}>{title}</h1>
        {subtitle !== undefined && <p className={css['subtitle']}>{subtitle}</p>}
        {actions !== undefined && <div className={css['actions']}>{actions}</div>}
      </header>
      <div className={`${css['body']} ${filling ? css['filling'] : ''}`}>{children}</div>
    </div>
  );
}
