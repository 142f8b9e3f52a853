import { FaultError } from '../../shared/contract/fault.ts';
import type { Licence } from '../../shared/domain/licence.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type LicencesStore = AskedStore<readonly Licence[]>;

/** The file that the build puts beside the page. */
const FILE = './licences.json';

/** What the page was made of, and what runs beside it. `read` answers the text of one of the page's own files. */
export function createLicencesStore(
  now: () => number,
  read: (file: string) => Promise<string> = ownFile,
): LicencesStore {
  return createAskedStore<readonly Licence[]>(async () => {
    const { LicenceFile } = await import('../../shared/domain/licence.ts');
    return LicenceFile.parse(JSON.parse(await read(FILE)));
  }, now);
}

async function ownFile(file: string): Promise<string> {
  const response = await fetch(file);
  if (!response.ok) throw new FaultError({ code: 'not-found', what: 'file', name: file });
  return response.text();
}
