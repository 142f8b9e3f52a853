import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { childPath, type ListedObject, parentPath } from '../../../shared/domain/object-entry.ts';
import { namespacesWords } from '../../../shared/wording/screen-namespaces.ts';
import { wordLinkEnd } from '../../../shared/wording/word-link-end.ts';
import { plainText } from '../../components/plain-text.ts';
import type { Pane } from '../../stores/namespaces-store.ts';
import css from './NamespacesScreen.module.css';

const words = namespacesWords;
const VOLUME = /^Volume\{[^{}]+\}$/i;

export interface ObjectTargetProps {
  readonly entry: ListedObject;
  /** Where the object is. */
  readonly directory: string;
  readonly pane: Pane;
  readonly onVolume: (device: string) => void;
}

/** What a link says, where that ends, and the way there; of a volume, the way to who sees it. */
export function ObjectTarget({ entry, directory, pane, onVolume }: ObjectTargetProps): ReactElement {
  const { name, type, target, leads } = entry;
  const isVolume = VOLUME.test(name) && directory.toLowerCase() === '\\device' && type !== 'Directory';
  const end = leads?.path;
  // A link is gone to where it leads: to the directory that holds what it names, in the namespace in which it is read.
  const follow =
    leads === undefined || end === undefined
      ? undefined
      : () =>
          pane.go({
            path: leads.type === 'Directory' ? end : parentPath(end),
            ...(leads.root === 'host' ? { in: undefined } : {}),
          });
  return (
    <div className={css['target']}>
      {target !== undefined &&
        (follow === undefined ? (
          <span className={css['mono']}>{plainText(target)}</span>
        ) : (
          <button type="button" className={css['dir']} aria-label={words.follow(target)} onClick={follow}>
            {plainText(target)}
          </button>
        ))}
      {leads !== undefined && target !== undefined && (
        <span className={css['end']}>{plainText(wordLinkEnd(leads, target))}</span>
      )}
      {isVolume && (
        <Button size="small" appearance="subtle" onClick={() => onVolume(childPath(directory, name))}>
          {words.showVolume}
        </Button>
      )}
    </div>
  );
}
