import type { SiloId } from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { Fsd, type FsdSurroundings, type MonitoredSilo } from './fsd.ts';
import type { LiveService } from './services.ts';
import { STATUS, systemCallError, WIN32, win32Error } from './status.ts';

/** Server silos can be monitored from Windows 10 1809 on (winfsp src/sys/silo.c). */
const FIRST_BUILD_WITH_MONITOR = 17_763;

export interface FsdDriverOptions {
  readonly winfsp: Scenario['winfsp'];
  readonly behaviour: Scenario['behaviour'];
  /** Win32 error with which a start fails now. */
  readonly startError: () => number | undefined;
  readonly build: number;
  readonly surroundings: FsdSurroundings;
  /** All silos that live now, host first. */
  silos(): readonly MonitoredSilo[];
  /** The driver object appears in, or vanishes from, `\FileSystem`. */
  onLoaded(name: string, loaded: boolean): void;
}

/** The installed driver, loaded or not: the SCM's service `WinFsp+<instance>`, and the silo monitor while it runs. */
export class FsdDriver implements LiveService {
  readonly name: string;
  readonly imagePath: string;
  readonly suffix: string;
  readonly #options: FsdDriverOptions;
  #fsd: Fsd | undefined;
  #exitCode = 1_077;

  constructor(options: FsdDriverOptions) {
    this.#options = options;
    const { instance } = options.winfsp;
    this.suffix = instance === '' ? '' : `+${instance}`;
    this.name = `WinFsp${this.suffix}`;
    this.imagePath = `\\??\\${driverDirectory(options.winfsp)}\\winfsp-x64.sys`;
  }

  state(): { readonly running: boolean; readonly win32ExitCode: number } {
    return { running: this.#fsd !== undefined, win32ExitCode: this.#exitCode };
  }

  registration(): { readonly name: string; readonly displayName: string; readonly imagePath: string } {
    return { name: this.name, displayName: this.name, imagePath: this.imagePath };
  }

  /** Throws the Win32 error that `sc start` would print. */
  start(): void {
    const { startError, winfsp, behaviour, surroundings } = this.#options;
    const error = winfsp.fsd === 'missing-file' ? WIN32.FILE_NOT_FOUND : startError();
    if (error !== undefined) {
      this.#exitCode = error;
      throw win32Error(error, this.imagePath);
    }
    this.#exitCode = 0;
    const fsd = new Fsd(this.suffix, behaviour, surroundings);
    this.#fsd = fsd;
    for (const silo of this.#options.silos()) if (silo.silo === 0 || this.#monitors()) fsd.siloCreated(silo);
    this.#options.onLoaded(this.name, true);
  }

  /** NtUnloadDriver: everything it served ends, in every silo. */
  unload(): void {
    if (this.#fsd === undefined) throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, this.name);
    this.#fsd.unload();
    this.#fsd = undefined;
    this.#options.onLoaded(this.name, false);
  }

  siloCreated(silo: MonitoredSilo): void {
    if (this.#monitors()) this.#fsd?.siloCreated(silo);
  }

  siloEnded(silo: SiloId): void {
    this.#fsd?.siloEnded(silo);
  }

  processEnded(silo: SiloId, processId: number): void {
    this.#fsd?.processEnded(silo, processId);
  }

  #monitors(): boolean {
    return this.#options.build >= FIRST_BUILD_WITH_MONITOR;
  }
}

/** `...\SxS\sxs.<instance>\bin` for a side-by-side installation, `...\bin` before 2.0. */
export function driverDirectory({ installDirectory, instance }: Scenario['winfsp']): string {
  return instance === '' ? `${installDirectory}\\bin` : `${installDirectory}\\SxS\\sxs.${instance}\\bin`;
}
