import { Button, Input, ProgressBar } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { FoundObject } from '../../../shared/domain/object-entry.ts';
import { namespacesWords } from '../../../shared/wording/screen-namespaces.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordLinkEnd } from '../../../shared/wording/word-link-end.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { Pane } from '../../stores/namespaces-store.ts';
import type { Stores } from '../../stores/stores.ts';
import css from './NamespacesScreen.module.css';

const words = namespacesWords;
const MOST_UNSEEN = 5;

/** Who exposes a name: a search over all namespaces, which can be stopped, and what it found. */
export function NameSearch({ stores: { namespaces } }: { readonly stores: Stores }): ReactElement {
  const search = useStore(namespaces.search);
  const [name, setName] = useState('');
  const isLooking = search.kind === 'looking';
  return (
    <section className={css['search']} aria-label={words.search}>
      <form
        className={css['place']}
        onSubmit={event => {
          event.preventDefault();
          namespaces.find(name.trim() === '' ? undefined : name.trim());
        }}
      >
        <Input
          className={css['path'] ?? ''}
          aria-label={words.search}
          placeholder={`${words.search} ${words.searchHint}`}
          value={name}
          onChange={(_event, { value }) => setName(value)}
        />
        {isLooking ? (
          <Button onClick={() => namespaces.find(undefined)}>{words.stop}</Button>
        ) : (
          <Button type="submit">{words.find}</Button>
        )}
        {(search.kind === 'found' || search.kind === 'faulted') && (
          <Button onClick={() => namespaces.find(undefined)}>{words.closeSearch}</Button>
        )}
      </form>
      {isLooking && (
        <div role="status">
          {search.progress !== undefined && words.looking(search.progress)}
          <ProgressBar
            aria-label={words.search}
            {...(search.progress === undefined ? {} : { max: search.progress.of, value: search.progress.namespaces })}
          />
        </div>
      )}
      {search.kind === 'faulted' && <FaultPanel fault={wordFault(search.fault)} />}
      {search.kind === 'found' && <Found search={search} left={namespaces.left} right={namespaces.right} />}
    </section>
  );
}

interface FoundProps {
  readonly search: Extract<ReturnType<Stores['namespaces']['search']['getState']>, { kind: 'found' }>;
  readonly left: Pane;
  readonly right: Pane;
}

function Found({ search: { name, answer }, left, right }: FoundProps): ReactElement {
  const { found, unseen, directories, namespaces, capped } = answer;
  const go = (pane: Pane, { namespace, label, directory }: FoundObject): void =>
    pane.go({ path: directory, in: namespace === HOST_NAMESPACE ? undefined : label });
  const columns: readonly Column<FoundObject>[] = [
    {
      key: 'in',
      title: words.foundColumns.namespace,
      width: 'minmax(90px, 1fr)',
      render: ({ label }) => plainText(label),
    },
    {
      key: 'name',
      title: words.columns.name,
      width: 'minmax(120px, 2fr)',
      render: object => (
        <span className={css['mono']}>
          {plainText(`${object.directory === '\\' ? '' : object.directory}\\${object.name}`)}
        </span>
      ),
    },
    { key: 'type', title: words.columns.type, width: '96px', wideOnly: true, render: ({ type }) => plainText(type) },
    {
      key: 'target',
      title: words.columns.target,
      width: 'minmax(90px, 2fr)',
      wideOnly: true,
      render: ({ target, leads }) => (
        <span className={css['mono']}>
          {plainText(leads === undefined || target === undefined ? (target ?? '') : wordLinkEnd(leads, target))}
        </span>
      ),
    },
    {
      key: 'go',
      title: '',
      width: '138px',
      render: object => (
        <div className={css['ways']}>
          <Button size="small" aria-label={words.showIn(words.left, object.name)} onClick={() => go(left, object)}>
            {words.toLeft}
          </Button>
          <Button size="small" aria-label={words.showIn(words.right, object.name)} onClick={() => go(right, object)}>
            {words.toRight}
          </Button>
        </div>
      ),
    },
  ];
  return (
    <>
      <p className={css['note']} role="status">
        {words.found(plainText(name), found.length, directories, namespaces)} {capped && words.capped}
      </p>
      {unseen.length > 0 && (
        <p className={css['note']}>
          {words.unseen(unseen.length)}{' '}
          {unseen
            .slice(0, MOST_UNSEEN)
            .map(({ label, directory, reason }) => plainText(`${label} ${directory} (${reason})`))
            .join('; ')}
          {unseen.length > MOST_UNSEEN && ` ${words.moreUnseen(unseen.length - MOST_UNSEEN)}`}
        </p>
      )}
      {found.length > 0 && (
        <div className={css['found']} style={{ height: Math.min(220, 40 + found.length * 38) }}>
          <DataTable
            label={words.search}
            columns={columns}
            rows={found}
            keyOf={({ namespace, directory, name: own }) => `${namespace} ${directory} ${own}`}
            rowPx={34}
          />
        </div>
      )}
    </>
  );
}
