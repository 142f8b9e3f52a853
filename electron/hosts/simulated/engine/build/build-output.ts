import type { AnswerStream } from '../answer.ts';

/** What a build tells its client: lines of JSON, as dockerd streams them. With `quiet` only the end, or what led to a failure. */
export class BuildOutput {
  readonly #to: AnswerStream;
  readonly #quiet: boolean;
  #held: string[] = [];

  constructor(to: AnswerStream, quiet: boolean) {
    this.#to = to;
    this.#quiet = quiet;
  }

  say(text: string): Promise<void> {
    return this.tell({ stream: text });
  }

  /** Standard error comes in red. Ground: moby api streamformatter. */
  complain(text: string): Promise<void> {
    return this.say(`\u001b[91m${text}\u001b[0m`);
  }

  async tell(line: object): Promise<void> {
    const text = `${JSON.stringify(line)}\r\n`;
    if (this.#quiet) this.#held.push(text);
    else await this.#to.write(text);
  }

  async step(number: number, of: number, text: string): Promise<void> {
    await this.say(`Step ${number}/${of} : ${text}`);
    await this.say('\n');
  }

  /** The build is done: with `quiet` its id is all there is to say. */
  async done(id: string): Promise<void> {
    if (this.#quiet) await this.#to.write(`${JSON.stringify({ stream: `${id}\n` })}\r\n`);
  }

  async fail(message: string, code?: number): Promise<void> {
    for (const line of this.#held) await this.#to.write(line);
    this.#held = [];
    const errorDetail = { ...(code === undefined ? {} : { code }), message };
    await this.#to.write(`${JSON.stringify({ errorDetail, error: message })}\r\n`);
  }
}
