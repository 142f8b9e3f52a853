import { Button, FluentProvider } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { EmptyState } from '../components/States.tsx';
import type { Stores } from '../stores/stores.ts';
import { THEMES } from './themes.ts';

export interface RefusedPageProps {
  readonly stores: Stores;
  readonly theme: 'light' | 'dark';
}

/** The whole page when the server will not have us: there is nothing else to show. */
export function RefusedPage({ stores, theme }: RefusedPageProps): ReactElement {
  const reason = useStore(stores.connection.store, state => (state.kind === 'refused' ? state.reason : undefined));
  const words = shellWords.connection;
  return (
    <FluentProvider theme={THEMES[theme]}>
      <main>
        <EmptyState
          icon={<KeyRegular />}
          title={words.refusedTitle}
          text={reason === 'no-token' ? words.noToken : words.tokenOld}
        >
          <Button onClick={() => stores.connection.retry()}>{shellWords.again}</Button>
        </EmptyState>
      </main>
    </FluentProvider>
  );
}
