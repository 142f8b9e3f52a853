import type { ReactElement, ReactNode } from 'react';
import css from './SettingsScreen.module.css';

/** A card of the settings under its own title. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={css['group']} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A name and what it stands for, in a list of facts. */
export function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
