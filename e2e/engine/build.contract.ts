import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect, Subject } from './engine.contract.ts';

interface Answered {
  /** All `stream` texts, ids replaced by ID. */
  readonly said: string;
  /** Ids told as `aux`, one for each stage. */
  readonly ids: readonly string[];
  readonly error?: { readonly message: string; readonly code?: number };
}

/** Builds by the classic builder, which Windows daemons and Linux ones both have. */
export function describeBuilds(name: string, start: () => Promise<Subject>): void {
  describe(`${name}, as a builder`, () => {
    let subject: Subject;
    let docker: Docker;
    let say: Dialect;
    beforeAll(async () => {
      subject = await start();
      docker = subject.docker;
      say = subject.dialect;
    });
    afterAll(() => subject.stop());

    const build = async (
      lines: readonly string[],
      files: Readonly<Record<string, string>> = {},
      options: Readonly<Record<string, string | boolean>> = {},
    ): Promise<Answered> => {
      const pack = tar.pack();
      for (const [path, text] of Object.entries({ Dockerfile: lines.join('\n'), ...files }))
        pack.entry({ name: path }, text);
      pack.finalize();
      const stream = await docker.buildImage(Readable.from(await buffer(pack)), {
        rm: true,
        forcerm: true,
        ...options,
      });
      return read(stream);
    };
    const run = (command: readonly string[]): string => `RUN ${JSON.stringify(command)}`;

    it('tells each step, and what came of it', async () => {
      const command = run(say.print('built'));
      const { said, ids, error } = await build(
        [`FROM ${say.image}`, 'ARG A=1', 'LABEL shared=$A', 'COPY a.txt /put/', command],
        { 'a.txt': 'one' },
        { t: 'contract:1', nocache: true },
      );
      expect(error).toBeUndefined();
      expect(said).toBe(
        [
          `Step 1/5 : FROM ${say.image}`,
          ' ---> ID',
          'Step 2/5 : ARG A=1',
          ' ---> Running in ID',
          'Removing intermediate container ID',
          ' ---> ID',
          'Step 3/5 : LABEL shared=$A',
          ' ---> Running in ID',
          'Removing intermediate container ID',
          ' ---> ID',
          'Step 4/5 : COPY a.txt /put/',
          ' ---> ID',
          `Step 5/5 : ${command}`,
          ' ---> Running in ID',
          'built',
          'Removing intermediate container ID',
          ' ---> ID',
          'Successfully built ID',
          'Successfully tagged contract:1',
          '',
        ].join('\n'),
      );
      expect(ids).toHaveLength(1);
      const image = await docker.getImage('contract:1').inspect();
      expect({ id: image.Id, labels: image.Config.Labels }).toEqual({ id: ids[0], labels: { shared: '1' } });
    });

    it('makes the same image of the same steps, from its cache', async () => {
      const lines = [`FROM ${say.image}`, 'ENV CACHED=yes', 'COPY a.txt /'];
      const first = await build(lines, { 'a.txt': 'one' });
      const again = await build(lines, { 'a.txt': 'one' });
      const other = await build(lines, { 'a.txt': 'two' });
      const hits = ({ said }: Answered): number => said.split(' ---> Using cache\n').length - 1;
      expect([first, again, other].map(hits)).toEqual([0, 2, 1]);
      expect(again.ids).toEqual(first.ids);
    });

    it('gives a file from one stage to another', async () => {
      const { ids, error } = await build(
        [
          `FROM ${say.image} AS One`,
          'COPY a.txt /made/',
          `FROM ${say.image}`,
          'COPY --from=one /made /put',
          run(say.show('/put/a.txt')),
        ],
        { 'a.txt': 'handed on' },
      );
      expect({ error, stages: ids.length }).toEqual({ error: undefined, stages: 2 });
    });

    it('says why a command failed, and with which code', async () => {
      const command = say.exit(7);
      const { error, ids } = await build([`FROM ${say.image}`, run(command)]);
      const message = `The command '${command.join(' ')}' returned a non-zero code: 7`;
      expect({ error, ids }).toEqual({ error: { code: 7, message }, ids: [] });
    });

    it.each<readonly [string, readonly string[], string]>([
      [
        'a file that is not there',
        ['COPY nope.txt /'],
        'COPY failed: file not found in build context or excluded by .dockerignore: stat nope.txt: file does not exist',
      ],
      ['a pattern that fits nothing', ['COPY *.zip /'], 'COPY failed: no source files were specified'],
      [
        'too many sources',
        ['COPY a.txt Dockerfile /x'],
        'When using COPY with more than one source file, the destination must be a directory and end with a /',
      ],
      ['a stage to come', ['COPY --from=1 /a /b'], 'invalid from flag value 1: index out of bounds'],
      ['a port that is none', ['EXPOSE foo'], 'Invalid containerPort: foo'],
    ])('stops at %s, in the stream', async (_, lines, message) => {
      const { error } = await build([`FROM ${say.image}`, ...lines], { 'a.txt': 'a' });
      expect(error?.message).toBe(message);
    });

    it.each<readonly [string, string, RegExp]>([
      ['an instruction that is none', 'FOO bar', /^dockerfile parse error (?:on )?line 2: unknown instruction: FOO$/],
      [
        'COPY without a target',
        'COPY a',
        /^dockerfile parse error (?:on )?line 2: COPY requires at least two arguments/,
      ],
      ['ENV without a name', 'ENV', /^dockerfile parse error (?:on )?line 2: ENV requires at least one argument$/],
    ])('refuses %s before the first step', async (_, line, message) => {
      const refused: unknown = await build([`FROM ${say.image}`, line]).catch((caught: unknown) => caught);
      const status = refused instanceof Error && 'statusCode' in refused ? refused.statusCode : undefined;
      const said = refused instanceof Error ? refused.message.replace(/^\(HTTP code \d+\) \w+ - /, '').trim() : '';
      expect({ status, said }).toEqual({ status: 400, said: expect.stringMatching(message) });
    });

    it('leaves no container of a build that failed', async () => {
      await build([`FROM ${say.image}`, run(say.exit(1))]);
      expect(await docker.listContainers({ all: true })).toEqual([]);
    });
  });
}

async function read(stream: NodeJS.ReadableStream): Promise<Answered> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  const lines = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map((line): { stream?: string; aux?: { ID: string }; errorDetail?: { message: string; code?: number } } =>
      JSON.parse(line),
    );
  const said = lines.map(line => line.stream ?? '').join('');
  const error = lines.find(line => line.errorDetail !== undefined)?.errorDetail;
  return {
    said: said.replaceAll(/\b[0-9a-f]{12}\b/g, 'ID').replaceAll('\r', ''),
    ids: lines.flatMap(line => line.aux?.ID ?? []),
    ...(error === undefined ? {} : { error }),
  };
}
