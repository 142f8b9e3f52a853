import { Button, Input, Select } from '@fluentui/react-components';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import { type ReactElement, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { parentPath } from '../../../shared/domain/object-entry.ts';
import { elevationScreenWords } from '../../../shared/wording/screen-elevation.ts';
import { namespacesWords } from '../../../shared/wording/screen-namespaces.ts';
import { plainText } from '../../components/plain-text.ts';
import type { Pane } from '../../stores/namespaces-store.ts';
import css from './NamespacesScreen.module.css';

const words = namespacesWords;

export interface PlaceFormProps {
  readonly pane: Pane;
  readonly elevation: { readonly possible: boolean; readonly prompts: boolean };
  readonly containers: readonly string[];
  /** Times at which it was otherwise, oldest first. */
  readonly earlier: readonly string[];
}

/** Where a pane stands, and where it is to go. */
export function PlaceForm({ pane, elevation, containers, earlier }: PlaceFormProps): ReactElement {
  const place = useStore(pane.place);
  const [path, setPath] = useState(place.path);
  // A past listing tells of those before it alone: the later ones can be gone back to as well.
  const [times, setTimes] = useState(earlier);
  useEffect(() => {
    setTimes(known =>
      earlier.every(time => known.includes(time)) ? known : [...new Set([...known, ...earlier])].sort(),
    );
  }, [earlier]);
  const names = place.in === undefined || containers.includes(place.in) ? containers : [place.in, ...containers];
  return (
    <form
      className={css['place']}
      onSubmit={event => {
        event.preventDefault();
        pane.go({ path: path.trim() === '' ? '\\' : path.trim() });
      }}
    >
      <Select
        aria-label={words.where}
        value={place.in === undefined ? '' : `container ${place.in}`}
        onChange={(_event, { value }) => pane.go({ in: value === '' ? undefined : value.slice('container '.length) })}
      >
        <option value="">{words.host}</option>
        {names.map(name => (
          <option key={name} value={`container ${name}`}>
            {plainText(name)}
          </option>
        ))}
      </Select>
      <div className={css['going']}>
        <Input
          className={css['path'] ?? ''}
          aria-label={words.path}
          value={path}
          onChange={(_event, { value }) => setPath(value)}
        />
        <Button type="submit">{words.go}</Button>
        <Button
          icon={<ArrowUpRegular />}
          aria-label={words.up}
          title={words.up}
          disabled={place.path === '\\'}
          onClick={() => pane.go({ path: parentPath(place.path) })}
        />
        {elevation.prompts && (
          <Button
            icon={<ShieldRegular />}
            aria-label={elevationScreenWords.browseSilos}
            title={`${elevationScreenWords.browseSilos}. ${elevationScreenWords.hint}`}
            onClick={() => pane.goElevated({ path: '\\Silos', in: undefined })}
          />
        )}
      </div>
      {(times.length > 0 || place.at !== undefined) && (
        <Select
          aria-label={words.when}
          value={place.at ?? ''}
          onChange={(_event, { value }) => pane.go(value === '' ? {} : { at: value })}
        >
          <option value="">{words.now}</option>
          {(place.at === undefined || times.includes(place.at) ? times : [...times, place.at]).map(time => (
            <option key={time} value={time}>
              {new Date(time).toLocaleTimeString(undefined, { timeStyle: 'medium' })}
            </option>
          ))}
        </Select>
      )}
    </form>
  );
}
