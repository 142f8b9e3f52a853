import { z } from 'zod';
import { IsolationTable } from '../../../shared/domain/isolation-test.ts';
import type { KeptDocument } from '../settings/kept-document.ts';

/** `isolation-tests.json`: what self-tests found, oldest first. */
export const KeptIsolation = z.object({ $schema: z.string().optional(), tables: z.array(IsolationTable) });
export type KeptIsolation = z.infer<typeof KeptIsolation>;

/** Of real hosts and of simulations each: those of one never push out those of the other. */
const MOST_KEPT = 100;

/** The file of self-tests. Every change is one atomic write. */
export class IsolationBook {
  readonly #document: KeptDocument<typeof KeptIsolation>;

  constructor(document: KeptDocument<typeof KeptIsolation>) {
    this.#document = document;
  }

  /** Of simulations, or of real hosts; never both. */
  async read(simulated: boolean): Promise<IsolationTable[]> {
    const { tables } = (await this.#document.read()) ?? { tables: [] };
    return tables.filter(table => table.simulated === simulated);
  }

  async keep(table: IsolationTable): Promise<void> {
    await this.#document.update((book = { tables: [] }) => {
      const others = book.tables.filter(({ simulated }) => simulated !== table.simulated);
      const alike = book.tables.filter(({ simulated }) => simulated === table.simulated);
      return { ...book, tables: [...others, ...alike.slice(1 - MOST_KEPT), table] };
    });
  }
}
