import { Button, Field, Input, Select, Spinner, Textarea } from '@fluentui/react-components';
import { type ReactElement, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { FoundFile, ImageRecipe, RecipePlan } from '../../../shared/domain/image-recipe.ts';
import { formatBytes } from '../../../shared/wording/amounts.ts';
import { recipeWords } from '../../../shared/wording/screen-recipe.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordImageBecause, wordRuns } from '../../../shared/wording/word-image.ts';
import { wordRecipeIssue } from '../../../shared/wording/word-recipe.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { saveText } from '../../components/save-text.ts';
import type { Build } from '../../stores/build-store.ts';
import { profileWithRecipe } from '../../stores/own-profile.ts';
import type { Stores } from '../../stores/stores.ts';
import { RUNS_TONES } from '../image-looks.ts';
import { SaveProfileDialog } from '../SaveProfileDialog.tsx';
import { useAsked } from '../use-asked.ts';
import css from './BuildDialog.module.css';
import { BuildRunView } from './BuildRunView.tsx';

const words = recipeWords;

/** The recipe of an image, to be read, edited and saved; then its build. */
export function BuildDialog({ stores }: { readonly stores: Stores }): ReactElement | null {
  const build = useStore(stores.build.store);
  const [saving, setSaving] = useState(false);
  const asked = useStore(stores.profiles.store);
  if (build.kind === 'closed') return null;
  const profiles = asked.kind === 'known' ? asked.value : [];
  const plan = build.kind === 'planned' ? build.plan : undefined;
  const base = profiles.find(({ name }) => name === plan?.profile);
  if (saving && plan !== undefined && base !== undefined) {
    return (
      <SaveProfileDialog
        stores={stores}
        profiles={profiles}
        base={base}
        compose={tag => profileWithRecipe(base, plan.recipe, tag)}
        notes={[words.saved(plainText(base.title))]}
        onSaved={({ name }) => void stores.build.open(name)}
        onClose={() => setSaving(false)}
      />
    );
  }
  const close = (): void => {
    if (build.kind === 'building') stores.build.cancel();
    else stores.build.close();
  };
  return (
    <ModalDialog
      title={titleOf(build)}
      onClose={close}
      actions={
        <Actions stores={stores} build={build} onSave={base === undefined ? undefined : () => setSaving(true)} />
      }
    >
      {build.kind === 'planning' && <LoadingLines lines={6} />}
      {build.kind === 'planned' && <RecipeForm key={build.plan.profile} stores={stores} plan={build.plan} />}
      {build.kind === 'building' && <BuildRunView run={build.run} isOver={false} />}
      {build.kind === 'faulted' && (
        <>
          <FaultPanel fault={wordFault(build.fault)} />
          <BuildRunView run={build.run} isOver />
        </>
      )}
      {build.kind === 'done' && (
        <section className={css['part']}>
          <StatusMark tone="good" word={words.done(plainText(build.built.tag))} />
          {build.built.warnings.map(warning => (
            <StatusMark key={warning} tone="warning" word={<Prose text={warning} />} />
          ))}
          {build.built.files.length > 0 && (
            <>
              <h3>{words.hashes}</h3>
              <CodeBlock
                text={build.built.files.map(({ name, sha256 }) => `${sha256}  ${name}`).join('\n')}
                what={words.hashes.toLowerCase()}
              />
            </>
          )}
        </section>
      )}
    </ModalDialog>
  );
}

function titleOf(build: Build): string {
  if (build.kind === 'building') return `${words.titles.building}: ${plainText(build.plan.tag)}`;
  if (build.kind === 'done') return words.titles.done;
  return build.kind === 'faulted' ? words.titles.faulted : words.title;
}

interface ActionsProps {
  readonly stores: Stores;
  readonly build: Build;
  /** Absent: there is no profile that the recipe belongs to. */
  readonly onSave: (() => void) | undefined;
}

function Actions({ stores, build, onSave }: ActionsProps): ReactElement {
  if (build.kind === 'building') {
    return build.cancelling ? (
      <Spinner size="tiny" label={words.cancelling} />
    ) : (
      <Button onClick={() => stores.build.cancel()}>{words.cancel}</Button>
    );
  }
  const launchWith = (profile: string, image: string): void => {
    const asked = stores.profiles.store.getState();
    const chosen = asked.kind === 'known' ? asked.value.find(({ name }) => name === profile) : undefined;
    if (chosen !== undefined && stores.launch.form.getState().profile !== profile) stores.launch.choose(chosen);
    stores.launch.edit({ image });
    stores.build.close();
    stores.view.show('launch');
  };
  return (
    <>
      {build.kind === 'planned' && (
        <>
          <Button appearance="primary" disabled={!canBuild(build.plan)} onClick={() => void stores.build.run()}>
            {words.build}
          </Button>
          <Button onClick={() => saveText('Dockerfile', build.plan.recipe.dockerfile, 'text/plain')}>
            {words.export}
          </Button>
          {onSave !== undefined && <Button onClick={onSave}>{words.save}</Button>}
        </>
      )}
      {build.kind === 'done' && build.plan.profile !== undefined && (
        <Button appearance="primary" onClick={() => launchWith(build.plan.profile ?? '', build.built.tag)}>
          {words.launch}
        </Button>
      )}
      {build.kind === 'faulted' && build.plan !== undefined && (
        <Button appearance="primary" onClick={() => stores.build.back()}>
          {words.back}
        </Button>
      )}
      <Button onClick={() => stores.build.close()}>
        {build.kind === 'planned' || build.kind === 'planning' ? shellWords.cancel : shellWords.close}
      </Button>
    </>
  );
}

const canBuild = ({ files }: RecipePlan): boolean =>
  files.every(({ sizeBytes, optional }) => sizeBytes !== undefined || optional);

interface RecipeFormProps {
  readonly stores: Stores;
  readonly plan: RecipePlan;
}

function RecipeForm({ stores, plan }: RecipeFormProps): ReactElement {
  const profiles = useAsked(stores.profiles);
  const [text, setText] = useState(plan.recipe.dockerfile);
  const [tag, setTag] = useState(plan.tag);
  useEffect(() => setTag(plan.tag), [plan.tag]);
  const withRecipe = profiles.kind === 'known' ? profiles.value.filter(({ recipe }) => recipe !== undefined) : [];
  return (
    <div className={css['form']}>
      <Field label={words.profile}>
        <Select
          className={css['choice'] ?? ''}
          value={plan.profile ?? ''}
          onChange={(_event, { value }) => void stores.build.open(value)}
        >
          {withRecipe.map(({ name, title }) => (
            <option key={name} value={name}>
              {plainText(title)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={words.tag} {...(plan.exists ? { hint: words.exists } : {})}>
        <Input
          value={tag}
          onChange={(_event, { value }) => setTag(value)}
          onBlur={() => tag !== plan.tag && tag.trim() !== '' && void stores.build.edit({ tag: tag.trim() })}
        />
      </Field>
      <section className={css['part']}>
        <StatusMark
          tone={RUNS_TONES[plan.base.verdict.runs]}
          word={`${words.base(plainText(plan.base.reference))}: ${wordRuns(plan.base.verdict.runs)}`}
        />
        <span className={css['sub']}>
          {wordImageBecause(plan.base.verdict.because)}
          {plan.base.local ? '' : `; ${words.mustPull}`}
        </span>
      </section>
      <Field label={words.dockerfile} hint={words.dockerfileHint}>
        <Textarea
          className={css['text'] ?? ''}
          rows={9}
          resize="vertical"
          spellCheck={false}
          value={text}
          onChange={(_event, { value }) => setText(value)}
          onBlur={() => text !== plan.recipe.dockerfile && void stores.build.edit({ recipe: { dockerfile: text } })}
        />
      </Field>
      {plan.issues.map(issue => (
        <StatusMark
          key={`${issue.because} ${issue.line ?? 0}`}
          tone="warning"
          word={<Prose text={words.line(issue.line, wordRecipeIssue(issue))} />}
        />
      ))}
      <section className={css['part']} aria-label={words.files(plan.contextBytes)}>
        <h3>{words.files(plan.contextBytes)}</h3>
        <p className={css['sub']}>{words.filesHint}</p>
        <div className={css['files']}>
          {plan.files.map(file => (
            <FileRow
              key={file.name}
              file={file}
              onMove={from => void stores.build.edit({ recipe: moved(plan.recipe, file, from) })}
            />
          ))}
        </div>
      </section>
      <section className={css['part']}>
        <h3>{words.same}</h3>
        <CodeBlock text={plan.dockerBuild} what={words.same.toLowerCase()} />
      </section>
    </div>
  );
}

/** The recipe with a file from another place, under the name that its Dockerfile knows. */
function moved(recipe: ImageRecipe, { name, from }: FoundFile, place: string): Partial<ImageRecipe> {
  const isIt = (file: ImageRecipe['files'][number]): boolean =>
    (file.name ?? file.from.slice(file.from.lastIndexOf('\\') + 1)) === name;
  const listed = recipe.files.some(isIt);
  const files = recipe.files.map(file => (isIt(file) ? { ...file, from: place, name } : file));
  // One that a pattern found has no line of its own yet.
  return { files: listed || from === place ? files : [...files, { from: place, name }] };
}

interface FileRowProps {
  readonly file: FoundFile;
  readonly onMove: (from: string) => void;
}

function FileRow({ file, onMove }: FileRowProps): ReactElement {
  const [from, setFrom] = useState(file.from);
  useEffect(() => setFrom(file.from), [file.from]);
  return (
    <div className={css['file']}>
      <Field label={words.fileFrom(plainText(file.name))}>
        <Input
          value={from}
          spellCheck={false}
          onChange={(_event, { value }) => setFrom(value)}
          onBlur={() => from.trim() !== '' && from !== file.from && onMove(from.trim())}
        />
      </Field>
      <span className={css['size']}>
        {file.sizeBytes === undefined ? (
          <StatusMark tone={file.optional ? 'muted' : 'bad'} word={file.optional ? words.optional : words.missing} />
        ) : (
          formatBytes(file.sizeBytes)
        )}
      </span>
    </div>
  );
}
