import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { CloudRegular } from '@fluentui/react-icons/svg/cloud';
import { DesktopRegular } from '@fluentui/react-icons/svg/desktop';
import { EyeFilled } from '@fluentui/react-icons/svg/eye';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';

/** A verdict as a picture, in its tone; its word stands beside it. */
export const VERDICT_ICONS = {
  leaked: <EyeFilled color="var(--tone-leak)" />,
  private: <LockClosedRegular color="var(--tone-good)" />,
  unknown: <QuestionCircleRegular />,
} as const;

/** A kind of namespace as a picture. */
export const NAMESPACE_ICONS = { host: <DesktopRegular />, silo: <BoxRegular />, vm: <CloudRegular /> } as const;
