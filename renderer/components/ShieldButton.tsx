import { Button } from '@fluentui/react-components';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import type { ReactElement, ReactNode } from 'react';

interface ShieldButtonProps {
  /** No shield where the rights are held already, or none are needed. */
  readonly prompts: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly appearance?: 'primary' | 'secondary';
  readonly size?: 'small' | 'medium';
  readonly disabled?: boolean;
}

/** A button behind which Windows may ask for an administrator: it then bears the shield that Windows users know. */
export function ShieldButton({
  prompts,
  onClick,
  children,
  appearance = 'secondary',
  size = 'medium',
  disabled = false,
}: ShieldButtonProps): ReactElement {
  return (
    <Button
      appearance={appearance}
      size={size}
      disabled={disabled}
      onClick={onClick}
      icon={prompts ? <ShieldRegular /> : null}
    >
      {children}
    </Button>
  );
}
