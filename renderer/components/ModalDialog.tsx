import { type ReactElement, type ReactNode, useEffect, useId, useRef } from 'react';
import css from './ModalDialog.module.css';

export interface ModalDialogProps {
  readonly title: string;
  /** The title is for assistive technology only. */
  readonly titleHidden?: boolean;
  readonly onClose: () => void;
  /** It is there to be read: arrows scroll it from the beginning. */
  readonly reading?: boolean;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A modal dialog on the browser's own: it holds the focus, Escape closes it, and the focus goes back where it was. */
export function ModalDialog({
  title,
  titleHidden = false,
  onClose,
  reading = false,
  actions,
  children,
}: ModalDialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // What had the focus may go with what it began.
  useEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus();
  });
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={`${css['dialog']} ${titleHidden ? css['high'] : ''}`}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
    >
      {titleHidden ? (
        <h2 id={id} className="srOnly">
          {title}
        </h2>
      ) : null}
      {titleHidden ? (
        children
      ) : (
        <div className={css['content']} {...(reading ? { tabIndex: 0 } : {})}>
          <h2 id={id} className={css['title']}>
            {title}
          </h2>
          {children}
        </div>
      )}
      {actions !== undefined && <div className={css['actions']}>{actions}</div>}
    </dialog>
  );
}
