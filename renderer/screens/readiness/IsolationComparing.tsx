import { Field, Select } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { compareIsolation, type IsolationGrid, isolationGrid } from '../../../shared/domain/compare-isolation.ts';
import type { IsolationTable } from '../../../shared/domain/isolation-test.ts';
import {
  wordCellName,
  wordIsolationChange,
  wordIsolationPlace,
  isolationWords as words,
} from '../../../shared/wording/word-isolation.ts';
import { plainText } from '../../components/plain-text.ts';
import css from './IsolationPanel.module.css';

/** The last self-test beside an earlier one of the reader's choice, and all places beside each other. */
export function IsolationComparing({ tables }: { readonly tables: readonly IsolationTable[] }): ReactElement | null {
  const [chosen, choose] = useState<string | undefined>(undefined);
  const last = tables.at(-1);
  // Two simulations are not two states of one Windows.
  const earlier = tables.slice(0, -1).filter(({ scenario }) => scenario === last?.scenario);
  const before = earlier.find(({ id }) => id === chosen) ?? earlier.at(-1);
  const comparison = last === undefined || before === undefined ? undefined : compareIsolation(before, last);
  return (
    <>
      {before !== undefined && comparison !== undefined && (
        <section aria-label={words.compared} className={css['compared']}>
          <h3>{words.compared}</h3>
          <Field label={words.compareWith}>
            <Select className={css['choice'] ?? ''} value={before.id} onChange={(_event, { value }) => choose(value)}>
              {[...earlier].reverse().map(table => (
                <option key={table.id} value={table.id}>
                  {plainText(`${table.takenAt}  ${wordIsolationPlace(table)}`)}
                </option>
              ))}
            </Select>
          </Field>
          {comparison.differing.length > 0 && (
            <p className={css['hint']}>{words.comparedDiffer(comparison.differing)}</p>
          )}
          {comparison.changes.length === 0 ? (
            <p>{words.comparedSame}</p>
          ) : (
            <ul className={css['sentences']}>
              {comparison.changes.map(change => (
                <li key={wordCellName(change.after)}>{wordIsolationChange(change)}</li>
              ))}
            </ul>
          )}
          {comparison.untried > 0 && <p className={css['hint']}>{words.untried(comparison.untried)}</p>}
        </section>
      )}
      <Places grid={isolationGrid(tables)} />
    </>
  );
}

function Places({ grid: { places, differing, same } }: { readonly grid: IsolationGrid }): ReactElement | null {
  if (places.length < 2) return null;
  return (
    <section aria-label={words.places} className={css['compared']}>
      <h3>{words.places}</h3>
      <ol className={css['places']}>
        {places.map(({ table }) => (
          <li key={table.id}>{plainText(wordIsolationPlace(table))}</li>
        ))}
      </ol>
      {differing.length > 0 && (
        <div className={css['scroll']}>
          <table className={`${css['table']} ${css['tries']}`}>
            <thead>
              <tr>
                <th scope="col">{words.placesTry}</th>
                {places.map(({ table }, at) => (
                  <th key={table.id} scope="col" title={plainText(wordIsolationPlace(table))}>
                    {String.fromCharCode(65 + (at % 26))}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differing.map(({ cell, outcomes }) => (
                <tr key={wordCellName(cell)}>
                  <th scope="row">{wordCellName(cell)}</th>
                  {places.map(({ table }, at) => {
                    const outcome = outcomes[at];
                    return <td key={table.id}>{outcome === undefined ? '-' : words.outcomes[outcome]}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={css['hint']}>{words.alike(same, differing.length)}</p>
    </section>
  );
}
