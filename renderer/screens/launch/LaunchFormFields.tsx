import { Button, Checkbox, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { type ReactElement, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { splitCommandLine } from '../../../shared/domain/command-line.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { formatBytes } from '../../../shared/wording/amounts.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { wordImageBecause, wordRuns } from '../../../shared/wording/word-image.ts';
import { wordKindBecause, wordProgram } from '../../../shared/wording/word-refusal.ts';
import { type Choice, ChoiceList } from '../../components/ChoiceList.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { LaunchForm } from '../../stores/launch-form.ts';
import type { Stores } from '../../stores/stores.ts';
import { RUNS_TONES, shortReference, sortImages } from '../image-looks.ts';
import { useAsked } from '../use-asked.ts';
import { checkMountPoint, checkUncPrefix, type FieldCheck, type TakenPrefix } from './field-checks.ts';
import css from './LaunchScreen.module.css';
import type { ProfileCardsProps } from './ProfileCards.tsx';
import { SaveForm } from './SaveForm.tsx';
import { SecretFields } from './SecretFields.tsx';

const words = launchScreenWords;

/** The fields; each says at once what is wrong with it and what would do. */
export function LaunchFormFields({ stores, profiles }: ProfileCardsProps): ReactElement | null {
  const form = useStore(stores.launch.form);
  const [saving, setSaving] = useState(false);
  const profile = profiles.find(({ name }) => name === form.profile);
  if (profile === undefined && form.command === '') return null;
  const edit = (change: Partial<LaunchForm>): void => stores.launch.edit(change);
  return (
    <section className={css['group']} aria-label={words.form}>
      <h2>{words.form}</h2>
      <div className={css['fields']}>
        {profile === undefined ? (
          <CommandField command={form.command} onChange={command => edit({ command })} />
        ) : (
          <PlaceFields stores={stores} profile={profile} form={form} />
        )}
        <Field label={words.name} hint={words.nameHint}>
          <Input value={form.name} onChange={(_event, { value }) => edit({ name: value })} />
        </Field>
        <div className={css['wide']}>
          <ImagePicker stores={stores} image={form.image} />
        </div>
      </div>
      {profile !== undefined && <SecretFields stores={stores} profile={profile} />}
      <details className={css['more']}>
        <summary>{words.more}</summary>
        <div className={css['fields']}>
          <Field label={words.isolation}>
            <Select
              value={form.isolation}
              onChange={(_event, { value }) => edit({ isolation: value === 'hyperv' ? 'hyperv' : 'process' })}
            >
              <option value="process">{words.isolations.process}</option>
              <option value="hyperv">{words.isolations.hyperv}</option>
            </Select>
          </Field>
          <Field label={words.pull}>
            <Select
              value={form.pull}
              onChange={(_event, { value }) =>
                edit({ pull: value === 'always' ? 'always' : value === 'never' ? 'never' : 'missing' })
              }
            >
              <option value="missing">{words.pulls.missing}</option>
              <option value="always">{words.pulls.always}</option>
              <option value="never">{words.pulls.never}</option>
            </Select>
          </Field>
          <Checkbox
            className={css['wide'] ?? ''}
            label={words.startFsd}
            checked={form.startFsd}
            onChange={(_event, { checked }) => edit({ startFsd: checked === true })}
          />
        </div>
      </details>
      <div>
        <Button size="small" icon={<SaveRegular />} onClick={() => setSaving(true)}>
          {words.save.open}
        </Button>
      </div>
      {saving && <SaveForm stores={stores} profiles={profiles} base={profile} onClose={() => setSaving(false)} />}
    </section>
  );
}

interface PlaceFieldsProps {
  readonly stores: Stores;
  readonly profile: Profile;
  readonly form: LaunchForm;
}

function PlaceFields({ stores, profile, form }: PlaceFieldsProps): ReactElement {
  const snapshot = useAsked(stores.snapshot);
  const taken = useMemo(
    (): readonly TakenPrefix[] =>
      (snapshot.kind === 'known' ? snapshot.value.fileSystems : []).flatMap(({ container, volumes }) =>
        volumes.flatMap(({ uncPrefix }) =>
          uncPrefix === undefined ? [] : [{ prefix: uncPrefix, by: plainText(container.name) }],
        ),
      ),
    [snapshot],
  );
  return (
    <>
      <CheckedField
        label={words.mountPoint}
        value={form.mountPoint}
        check={checkMountPoint(form.mountPoint, profile.kind)}
        onChange={mountPoint => stores.launch.edit({ mountPoint })}
      />
      {profile.kind === 'network' && (
        <CheckedField
          label={words.uncPrefix}
          value={form.uncPrefix}
          check={checkUncPrefix(form.uncPrefix, taken)}
          onChange={uncPrefix => stores.launch.edit({ uncPrefix })}
        />
      )}
    </>
  );
}

interface CheckedFieldProps {
  readonly label: string;
  readonly value: string;
  readonly check: FieldCheck;
  readonly onChange: (value: string) => void;
}

function CheckedField({ label, value, check, onChange }: CheckedFieldProps): ReactElement {
  const { state, message, proposal } = check;
  return (
    <div>
      <Field label={label} validationState={state} validationMessage={message ?? null}>
        <Input value={value} onChange={(_event, { value: text }) => onChange(text)} />
      </Field>
      {proposal !== undefined && (
        <Button className={css['proposal'] ?? ''} size="small" onClick={() => onChange(proposal)}>
          {words.take(proposal)}
        </Button>
      )}
    </div>
  );
}

interface CommandFieldProps {
  readonly command: string;
  readonly onChange: (command: string) => void;
}

function CommandField({ command, onChange }: CommandFieldProps): ReactElement {
  const found = recogniseFileSystem(splitCommandLine(command));
  const hint =
    found === undefined
      ? words.notRecognised
      : words.recognised(wordProgram(found.program), found.kind, wordKindBecause(found.because));
  return (
    <Field className={css['wide'] ?? ''} label={words.command} hint={hint}>
      <Textarea
        className={css['docker'] ?? ''}
        value={command}
        rows={2}
        spellCheck={false}
        onChange={(_event, { value }) => onChange(value)}
      />
    </Field>
  );
}

function ImagePicker({ stores, image }: { readonly stores: Stores; readonly image: string }): ReactElement {
  const asked = useAsked(stores.images);
  const images = useMemo(() => sortImages(asked.kind === 'known' ? asked.value : []), [asked]);
  const isListed = image === '' || images.some(({ reference }) => reference === image);
  const choices: readonly Choice[] = [
    {
      value: '',
      label: words.automatic,
      content: (
        <>
          <span className={css['imageName']}>{words.automatic}</span>
          <span className={css['sub']}>{words.automaticHint}</span>
        </>
      ),
    },
    ...(isListed ? [] : [{ value: image, content: <span className={css['imageName']}>{plainText(image)}</span> }]),
    ...images.map(
      (row): Choice => ({
        value: row.reference,
        label: `${row.reference}, ${wordRuns(row.verdict.runs)}: ${wordImageBecause(row.verdict.because)}`,
        content: (
          <>
            <span>
              <span className={css['imageName']} title={plainText(row.reference)}>
                {shortName(shortReference(row.reference))}
              </span>{' '}
              <span className={css['sub']}>
                {row.local
                  ? words.local
                  : words.mustPull(row.sizeBytes === undefined ? '' : formatBytes(row.sizeBytes))}
              </span>
              <br />
              <span className={css['sub']}>{wordImageBecause(row.verdict.because)}</span>
            </span>
            <StatusMark tone={RUNS_TONES[row.verdict.runs]} word={wordRuns(row.verdict.runs)} />
          </>
        ),
      }),
    ),
  ];
  return (
    <div className={css['group']}>
      <span>{words.image}</span>
      <ChoiceList
        label={words.image}
        look="rows"
        choices={choices}
        chosen={image}
        onChoose={value => stores.launch.edit({ image: value })}
      />
    </div>
  );
}
