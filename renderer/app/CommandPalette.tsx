import { type KeyboardEvent, type ReactElement, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { ModalDialog } from '../components/ModalDialog.tsx';
import { plainText } from '../components/plain-text.ts';
import type { Stores } from '../stores/stores.ts';
import css from './CommandPalette.module.css';
import { matchCommands, type PaletteCommand, paletteCommands } from './palette-commands.ts';

const words = shellWords.palette;

/** Everything by its name on the command line. Typing filters, arrows choose, Enter does it. */
export function CommandPalette({ stores }: { readonly stores: Stores }): ReactElement {
  useEffect(() => {
    stores.profiles.want();
    stores.hosts.want();
    stores.recent.want();
    stores.workspaces.want();
  }, [stores]);
  const hosts = useStore(stores.hosts.store);
  const profiles = useStore(stores.profiles.store);
  const snapshot = useStore(stores.snapshot.store);
  const recent = useStore(stores.recent.store);
  const workspaces = useStore(stores.workspaces.store);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const commands = useMemo(
    () =>
      paletteCommands(
        stores,
        profiles.kind === 'known' ? profiles.value : [],
        snapshot.kind === 'known' ? snapshot.value.fileSystems : [],
        hosts.kind === 'known' ? hosts.value : [],
        {
          recent: recent.kind === 'known' ? recent.value : [],
          workspaces: workspaces.kind === 'known' ? workspaces.value : [],
        },
      ),
    [stores, profiles, snapshot, hosts, recent, workspaces],
  );
  const found = useMemo(() => matchCommands(commands, typed).slice(0, MOST), [commands, typed]);
  const close = (): void => stores.view.openPalette(false);
  const run = (command: PaletteCommand | undefined): void => {
    if (command === undefined) return;
    close();
    command.run();
  };
  const runFirst = useRef((text: string) => run(matchCommands(commands, text)[0]));
  // Once it is there, not when it is first drawn: more may be typed between the two.
  useEffect(() => {
    const { ahead = '' } = stores.view.store.getState();
    stores.view.typeAhead(undefined);
    const text = ahead.replace('\n', '');
    setTyped(text);
    if (text !== ahead) runFirst.current(text);
  }, [stores]);
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    setChosen(next);
    list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(chosen + 1),
      ArrowUp: () => move(chosen - 1),
      PageDown: () => move(chosen + 8),
      PageUp: () => move(chosen - 8),
      Enter: () => run(found[chosen]),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <ModalDialog title={words.title} titleHidden onClose={close}>
      <div className={css['palette']}>
        <input
          className={css['input']}
          type="text"
          role="combobox"
          aria-label={words.placeholder}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
          placeholder={words.placeholder}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div ref={list} id={id} role="listbox" aria-label={words.results} className={css['list']}>
          {found.map((command, index) => (
            <div
              key={`${command.title} ${command.line}`}
              id={`${id}-${index}`}
              data-index={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={css['command']}
              onPointerMove={() => setChosen(index)}
              onClick={() => run(command)}
              onKeyDown={onKeyDown}
            >
              <span className={css['title']}>{plainText(command.title)}</span>
              {command.line !== '' && <code className={css['line']}>{plainText(command.line)}</code>}
            </div>
          ))}
        </div>
        {found.length === 0 && <p className={css['none']}>{words.none}</p>}
      </div>
    </ModalDialog>
  );
}

const MOST = 60;
