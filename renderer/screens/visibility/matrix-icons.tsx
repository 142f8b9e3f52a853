import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { CloudRegular } from '@fluentui/react-icons/svg/cloud';
import { DesktopRegular } from '@fluentui/react-icons/svg/desktop';
import { EyeFilled, EyeRegular } from '@fluentui/react-icons/svg/eye';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import type { ReactElement } from 'react';
import type { VolumeVerdict } from '../../../shared/domain/inspection.ts';

/** A verdict as a picture, in its tone; its word stands beside it. The eye of a leak that is only expected is an outline. */
export function verdictIcon(verdict: VolumeVerdict, isExpected: boolean): ReactElement {
  switch (verdict) {
    case 'leaked':
      return isExpected ? <EyeRegular color="var(--tone-leak)" /> : <EyeFilled color="var(--tone-leak)" />;
    case 'private':
      return <LockClosedRegular color="var(--tone-good)" />;
    case 'unknown':
      return <QuestionCircleRegular />;
  }
}

/** A kind of namespace as a picture. */
export const NAMESPACE_ICONS = { host: <DesktopRegular />, silo: <BoxRegular />, vm: <CloudRegular /> } as const;
