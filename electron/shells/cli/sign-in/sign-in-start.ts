import { FaultError } from '../../../../shared/contract/fault.ts';
import { registryData } from '../../../../shared/domain/parse-reg-query.ts';
import type { Ran } from '../../../hosts/host.ts';
import { CURRENT_VERSION_KEY } from '../../../hosts/windows-facts.ts';
import {
  commandLineOf,
  ENTRY_NAME,
  judgeWay,
  readSid,
  type SignInCommand,
  type SignInWay,
  signInCommand,
  taskXml,
} from './sign-in-entry.ts';

const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
/** Where Windows notes what the user switched off in Task Manager: an odd first byte. */
const APPROVED_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run';

/** What of this machine a start at sign-in needs. */
export interface OwnMachine {
  /** How this program is started: its file, and what comes before the arguments. */
  readonly program: readonly string[];
  /** E.g. `C:\Windows`. */
  readonly systemRoot: string;
  run(argv: readonly string[], signal: AbortSignal): Promise<Ran>;
  /** Has `use` work with a file of that content, which is gone afterwards. */
  withFile<T>(content: Uint8Array, use: (path: string) => Promise<T>): Promise<T>;
}

/** How the start at sign-in stands. `command`: as Windows has it, where that is known. */
export type SignInState =
  | { readonly atSignIn: 'off' }
  | { readonly atSignIn: 'on' | 'switched-off-in-windows'; readonly by: SignInWay; readonly command?: string };

/** The start of `siloscope serve` when this user signs in to Windows. */
export class SignInStart {
  readonly #machine: OwnMachine;
  readonly #signal: AbortSignal;

  constructor(machine: OwnMachine, signal: AbortSignal) {
    this.#machine = machine;
    this.#signal = signal;
  }

  async read(): Promise<SignInState> {
    const command = await this.#value(RUN_KEY, ENTRY_NAME);
    if (command !== undefined) {
      const approved = await this.#value(APPROVED_KEY, ENTRY_NAME);
      const isOff = approved !== undefined && Number.parseInt(approved.slice(0, 2), 16) % 2 === 1;
      return { atSignIn: isOff ? 'switched-off-in-windows' : 'on', by: 'run-key', command };
    }
    return (await this.#hasTask()) ? { atSignIn: 'on', by: 'task' } : { atSignIn: 'off' };
  }

  /** Has `siloscope ARGUMENTS` started. What was there under our name is replaced, and what the user switched off is on again. */
  async switchOn(args: readonly string[]): Promise<SignInState> {
    const { program, systemRoot } = this.#machine;
    const command = signInCommand([...program, ...args], systemRoot);
    const way = judgeWay(await this.#value(CURRENT_VERSION_KEY, 'InstallationType'), command);
    await this.switchOff();
    if (way === 'task') await this.#addTask(command);
    else
      await this.#must([
        'reg.exe',
        'add',
        RUN_KEY,
        '/v',
        ENTRY_NAME,
        '/t',
        'REG_SZ',
        '/d',
        commandLineOf(command),
        '/f',
      ]);
    return { atSignIn: 'on', by: way, command: commandLineOf(command) };
  }

  async switchOff(): Promise<SignInState> {
    for (const key of [RUN_KEY, APPROVED_KEY]) {
      if ((await this.#value(key, ENTRY_NAME)) !== undefined)
        await this.#must(['reg.exe', 'delete', key, '/v', ENTRY_NAME, '/f']);
    }
    if (await this.#hasTask()) await this.#must(['schtasks.exe', '/delete', '/tn', ENTRY_NAME, '/f']);
    return { atSignIn: 'off' };
  }

  async #addTask(command: SignInCommand): Promise<void> {
    const asked = ['whoami.exe', '/user', '/fo', 'csv', '/nh'];
    const told = await this.#must(asked);
    const sid = readSid(told.stdout);
    if (sid === undefined) throw failed(told);
    const xml = Buffer.from(`\uFEFF${taskXml(command, sid)}`, 'utf16le');
    await this.#machine.withFile(xml, path =>
      this.#must(['schtasks.exe', '/create', '/tn', ENTRY_NAME, '/xml', path, '/f']),
    );
  }

  async #hasTask(): Promise<boolean> {
    const { exitCode, stdout } = await this.#run(['schtasks.exe', '/query', '/tn', ENTRY_NAME, '/fo', 'csv', '/nh']);
    return exitCode === 0 && stdout.includes(ENTRY_NAME);
  }

  async #value(key: string, name: string): Promise<string | undefined> {
    const { exitCode, stdout } = await this.#run(['reg.exe', 'query', key, '/v', name]);
    return exitCode === 0 ? registryData(stdout, name) : undefined;
  }

  async #must(argv: readonly string[]): Promise<Ran> {
    const ran = await this.#run(argv);
    if (ran.exitCode !== 0) throw failed(ran);
    return ran;
  }

  #run(argv: readonly string[]): Promise<Ran> {
    return this.#machine.run(argv, this.#signal);
  }
}

const failed = ({ argv, exitCode, stdout, stderr }: Ran): FaultError =>
  new FaultError({ code: 'command-failed', argv: [...argv], exitCode, stdout, stderr });
