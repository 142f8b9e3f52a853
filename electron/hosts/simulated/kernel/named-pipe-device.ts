import type { FileStat, FileSystemOperations } from '../machine.ts';
import { foldName } from './fold-name.ts';
import type { DeviceObject } from './objects.ts';
import { refusingOperations } from './refusing-operations.ts';
import { STATUS, systemCallError } from './status.ts';
import { componentsOf } from './store-path.ts';

/**
 * A silo's own `\Device\NamedPipe`: npfs keeps one name space a silo. Pipes are only names here; their traffic is the
 * business of those who own them.
 */
export class NamedPipeDevice implements DeviceObject {
  readonly type = 'Device';
  readonly #names: readonly string[];
  readonly #operations: FileSystemOperations;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#operations = {
      ...refusingOperations,
      stat: path => this.#stat(path),
      list: () => Promise.resolve(this.#names.map(pipe)),
    };
  }

  open(remainder: string): { operations: FileSystemOperations; path: string; winfsp: boolean } {
    return { operations: this.#operations, path: remainder === '' ? '\\' : remainder, winfsp: false };
  }

  async #stat(path: string): Promise<FileStat> {
    const wanted = componentsOf(path).join('\\');
    if (wanted === '') return { ...pipe(''), directory: true };
    const found = this.#names.find(name => foldName(name) === foldName(wanted));
    if (found === undefined) throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, path);
    return pipe(found);
  }
}

function pipe(name: string): FileStat {
  return { name, directory: false, size: 0, created: 0, modified: 0, readOnly: false, hidden: false };
}
