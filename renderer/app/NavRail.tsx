import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { HardDriveRegular } from '@fluentui/react-icons/svg/hard-drive';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { RocketRegular } from '@fluentui/react-icons/svg/rocket';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { ShieldCheckmarkRegular } from '@fluentui/react-icons/svg/shield-checkmark';
import { TextBulletListSquareRegular } from '@fluentui/react-icons/svg/text-bullet-list-square';
import { type ReactElement, useMemo } from 'react';
import { useStore } from 'zustand';
import { countLeaks } from '../../shared/domain/expected-verdict.ts';
import { SCREENS, type Screen } from '../../shared/domain/screen.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import type { Stores } from '../stores/stores.ts';
import icon from './icon.svg';
import css from './NavRail.module.css';

const ICONS: Readonly<Record<Screen, ReactElement>> = {
  readiness: <ShieldCheckmarkRegular />,
  launch: <RocketRegular />,
  filesystems: <HardDriveRegular />,
  visibility: <EyeRegular />,
  namespaces: <OrganizationRegular />,
  images: <BoxRegular />,
  timeline: <HistoryRegular />,
  logs: <TextBulletListSquareRegular />,
  settings: <SettingsRegular />,
};

/** The screens, top to bottom; beside Visibility the leaks that were seen, and apart from them those that are expected. */
export function NavRail({ stores }: { readonly stores: Stores }): ReactElement {
  const shown = useStore(stores.view.store, view => view.screen);
  const volumes = useStore(stores.inspection.store, asked =>
    asked.kind === 'known' ? asked.value.volumes : undefined,
  );
  const { leaked, expected } = useMemo(() => countLeaks(volumes ?? []), [volumes]);
  const hasNotices = useStore(stores.settings.store, asked => asked.kind === 'known' && asked.value.notices.length > 0);
  const item = (screen: Screen): ReactElement => (
    <a
      key={screen}
      href={`#/${screen}`}
      className={css['item']}
      aria-current={screen === shown ? 'page' : undefined}
      title={`${shellWords.screens[screen]} (Ctrl+${SCREENS.indexOf(screen) + 1})`}
      onClick={event => {
        event.preventDefault();
        stores.view.show(screen);
      }}
    >
      {ICONS[screen]}
      <span className={css['label']}>{shellWords.screens[screen]}</span>
      {screen === 'settings' && hasNotices && (
        <span className={css['count']}>
          !<span className="srOnly"> {shellWords.hasNotices}</span>
        </span>
      )}
      {screen === 'visibility' && leaked + expected > 0 && (
        <span
          className={`${css['count']} ${leaked === 0 ? css['expected'] : ''}`}
          title={shellWords.leaksKnown(leaked, expected)}
        >
          <span aria-hidden="true">{shellWords.leakBadge(leaked, expected)}</span>
          <span className="srOnly"> {shellWords.leaksKnown(leaked, expected)}</span>
        </span>
      )}
    </a>
  );
  return (
    <nav className={css['rail']} aria-label={shellWords.navigation}>
      <div className={css['brand']}>
        <img src={icon} alt="" />
        <span>{shellWords.product}</span>
      </div>
      <button
        type="button"
        className={css['item']}
        title={`${shellWords.palette.open} (Ctrl+K)`}
        onClick={() => stores.view.openPalette(true)}
      >
        <SearchRegular />
        <span className={css['label']}>{shellWords.palette.open}</span>
        <span className={css['hint']} aria-hidden="true">
          Ctrl+K
        </span>
      </button>
      {SCREENS.filter(screen => screen !== 'settings').map(item)}
      <div className={css['gap']} />
      <button
        type="button"
        className={css['item']}
        title={`${shellWords.help} (F1)`}
        onClick={() => stores.view.ask('help')}
      >
        <QuestionCircleRegular />
        <span className={css['label']}>{shellWords.help}</span>
        <span className={css['hint']} aria-hidden="true">
          F1
        </span>
      </button>
      {item('settings')}
    </nav>
  );
}
