import { z } from 'zod';
import { FaultError } from '../../../shared/contract/fault.ts';
import { WrittenBy } from '../../../shared/domain/release-version.ts';
import { Workspace } from '../../../shared/domain/workspace.ts';
import type { KeptDocument } from '../settings/kept-document.ts';
import { requireNotLeft } from '../settings/not-taken.ts';

/** `workspaces.json`: the user's workspaces, and which of them are kept running on which host. */
export const KeptWorkspaces = z.strictObject({
  $schema: z.string().optional(),
  writtenBy: WrittenBy,
  workspaces: z.array(Workspace).default([]),
  /** By host id: names of workspaces. */
  kept: z.record(z.string(), z.array(z.string())).default({}),
});
export type KeptWorkspaces = z.infer<typeof KeptWorkspaces>;

const EMPTY: KeptWorkspaces = { workspaces: [], kept: {} };

/** The file of workspaces. Every change is one atomic write. */
export class WorkspaceBook {
  readonly #document: KeptDocument<typeof KeptWorkspaces>;

  constructor(document: KeptDocument<typeof KeptWorkspaces>) {
    this.#document = document;
  }

  async read(): Promise<KeptWorkspaces> {
    return (await this.#document.read()) ?? EMPTY;
  }

  async find(name: string): Promise<Workspace> {
    const { workspaces } = await this.read();
    const found = workspaces.find(workspace => workspace.name === name);
    if (found !== undefined) return found;
    throw new FaultError({ code: 'not-found', what: 'workspace', name, known: workspaces.map(one => one.name) });
  }

  /** In the place of the one of that name, or behind the others. */
  async save(workspace: Workspace): Promise<void> {
    await this.#document.update((book = EMPTY, left) => {
      requireNotLeft([workspace.name], left, 'workspaces.json');
      const workspaces = book.workspaces.some(({ name }) => name === workspace.name)
        ? book.workspaces.map(one => (one.name === workspace.name ? workspace : one))
        : [...book.workspaces, workspace];
      return { ...book, workspaces };
    });
  }

  /** It is kept on no host any more, either. */
  async remove(name: string): Promise<void> {
    await this.#document.update((book = EMPTY) => ({
      ...book,
      workspaces: book.workspaces.filter(workspace => workspace.name !== name),
      kept: Object.fromEntries(
        Object.entries(book.kept).map(([host, names]) => [host, names.filter(one => one !== name)]),
      ),
    }));
  }

  async keep(host: string, name: string, isKept: boolean): Promise<void> {
    await this.#document.update((book = EMPTY) => {
      const others = (book.kept[host] ?? []).filter(one => one !== name);
      return { ...book, kept: { ...book.kept, [host]: isKept ? [...others, name] : others } };
    });
  }
}
