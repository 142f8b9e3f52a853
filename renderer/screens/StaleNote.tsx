import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import type { Asked } from '../stores/asked.ts';

/** Says that what is shown is older than it should be, because asking again failed. */
export function StaleNote<T>({ asked }: { readonly asked: Asked<T> }): ReactElement | null {
  if (asked.kind !== 'known' || asked.fault === undefined) return null;
  return (
    <MessageBar intent="warning" style={{ marginBottom: 8, flex: 'none' }}>
      <MessageBarBody>{shellWords.stale(new Date(asked.at).toLocaleTimeString())}</MessageBarBody>
    </MessageBar>
  );
}
