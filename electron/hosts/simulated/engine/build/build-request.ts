import { badRequest } from '../api-error.ts';
import type { Call } from '../call.ts';
import { type Isolation, isolationOf } from '../create-validation.ts';
import { normalise, type Reference } from '../image-reference.ts';
import { type BuildContext, readContext } from './build-context.ts';
import { type ParsedDockerfile, parseDockerfile } from './parse-dockerfile.ts';

/** A build as it was asked for, checked as far as it can be before its first step. */
export interface BuildRequest {
  readonly context: BuildContext;
  readonly dockerfile: ParsedDockerfile;
  readonly tags: readonly Reference[];
  readonly buildArgs: ReadonlyMap<string, string | undefined>;
  readonly labels: Readonly<Record<string, string>>;
  readonly target: string;
  readonly isolation: Isolation | undefined;
  readonly network: string;
  readonly useCache: boolean;
  readonly pull: boolean;
  readonly quiet: boolean;
  /** Take containers away after a step that went well; `alsoFailed`: after any. */
  readonly remove: boolean;
  readonly alsoFailed: boolean;
}

/** Reads query and body of `POST /build`; refusals as dockerd words them. */
export async function readBuildRequest(call: Call): Promise<BuildRequest> {
  const version = call.text('version') ?? '1';
  if (version === '2')
    throw badRequest('the simulated engine has no BuildKit; Windows daemons build with the classic builder');
  if (version !== '' && version !== '1') throw badRequest(`invalid version "${version}"`);
  const remote = call.text('remote') ?? '';
  if (remote !== '') throw badRequest(`the simulated engine does not download a remote context: ${remote}`);
  const tags = call.parts.query
    .getAll('t')
    .filter(tag => tag !== '')
    .map(tagOf);
  const buildArgs = readMap(call.text('buildargs'), 'error reading build args');
  const labels = readMap(call.text('labels'), 'error reading labels');
  const file = (call.text('dockerfile') ?? '').replaceAll('\\', '/').replace(/^\.\//, '') || 'Dockerfile';
  const isolation = isolationOf(call.text('isolation') ?? '');
  const whole = await readContext(call.parts.body);
  const bytes = whole.read(file) ?? (file === 'Dockerfile' ? whole.read('dockerfile') : undefined);
  if (bytes === undefined) throw badRequest(`Cannot locate specified Dockerfile: ${file}`);
  const text = Buffer.from(bytes).toString('utf8');
  if (text.trim() === '') throw badRequest(`the Dockerfile (${file}) cannot be empty`);
  const dockerfile = parseDockerfile(text, file);
  const target = call.text('target') ?? '';
  if (target !== '' && !hasStage(dockerfile, target)) {
    throw badRequest(`target stage ${JSON.stringify(target)} could not be found`);
  }
  return {
    context: whole.withoutIgnored(file),
    dockerfile,
    tags,
    buildArgs,
    labels: Object.fromEntries([...labels].map(([name, value]) => [name, value ?? ''])),
    target,
    isolation,
    network: call.text('networkmode') ?? '',
    useCache: !call.flag('nocache'),
    pull: call.flag('pull'),
    quiet: call.flag('q'),
    remove: call.text('rm') === undefined || call.flag('rm'),
    alsoFailed: call.flag('forcerm'),
  };
}

function tagOf(text: string): Reference {
  const reference = normalise(text);
  if (reference !== undefined) return reference;
  const isUpper = /[A-Z]/.test(text.split(':')[0] ?? '');
  throw badRequest(
    isUpper ? 'invalid reference format: repository name must be lowercase' : 'invalid reference format',
  );
}

/** A JSON object of texts; null stands for "as the client's environment has it", which dockerd does not know. */
function readMap(text: string | undefined, trouble: string): ReadonlyMap<string, string | undefined> {
  if (text === undefined || text === '') return new Map();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (caught) {
    throw badRequest(`${trouble}: ${caught instanceof Error ? caught.message : ''}`);
  }
  if (typeof parsed !== 'object' || parsed === null) return new Map();
  return new Map(Object.entries(parsed).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]));
}

/** A stage by its name or its number. */
function hasStage({ steps }: ParsedDockerfile, target: string): boolean {
  const stages = steps.flatMap(step => (step.kind === 'from' ? [step.stage] : []));
  return stages.includes(target.toLowerCase()) || (/^\d+$/.test(target) && Number(target) < stages.length);
}
