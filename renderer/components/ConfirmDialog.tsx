import { Button } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { ModalDialog } from './ModalDialog.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  /** The button that does it, by the word of what it does. */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What it costs. */
  readonly children: ReactNode;
}

/** Asks once more before something is done that cannot be taken back; it closes either way. */
export function ConfirmDialog({ title, confirm, onConfirm, onClose, children }: ConfirmDialogProps): ReactElement {
  const cancel = useRef<HTMLButtonElement>(null);
  // An Enter that is held down on what opened it would answer it, too.
  useEffect(() => cancel.current?.focus(), []);
  return (
    <ModalDialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
          <Button
            ref={(element: HTMLButtonElement | null) => {
              cancel.current = element;
            }}
            onClick={onClose}
          >
            {shellWords.cancel}
          </Button>
        </>
      }
    >
      {children}
    </ModalDialog>
  );
}
