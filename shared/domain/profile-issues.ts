import type { Profile } from './profile.ts';
import { MASK } from './secrets.ts';

/** What is wrong with a profile beyond its shape, where it stands in it. */
export interface ProfileIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const SECRET_PLACE = /\{secret:([^{}]*)\}/g;
const MASKED = 'a secret was masked here: name it among the secrets of the profile';

/** Mistakes that a schema does not see: secrets that are named and not there, or there and never handed over. Total. */
export function profileIssues(profile: Profile): readonly ProfileIssue[] {
  const { command, environment = {}, secrets = [], kind, defaults } = profile;
  const names = secrets.map(({ name }) => name);
  const texts: readonly (readonly [ProfileIssue['path'], string])[] = [
    ...command.map((part, at) => [['command', at], part] as const),
    ...Object.entries(environment).map(([name, value]) => [['environment', name], value] as const),
    ...secrets.flatMap((need, at) => [
      ...(need.arguments ?? []).map((part, index) => [['secrets', at, 'arguments', index], part] as const),
      ...Object.entries(need.environment ?? {}).map(
        ([name, value]) => [['secrets', at, 'environment', name], value] as const,
      ),
    ]),
  ];
  const unknown = texts.flatMap(([path, text]) =>
    [...text.matchAll(SECRET_PLACE)].flatMap(([, name = '']) => {
      const need = secrets.find(one => one.name === name);
      if (need === undefined) return [{ path, message: `no secret of the profile is named "${name}"` }];
      const isNowhere = need.deliver.by === 'stdin' || need.deliver.by === 'environment';
      return isNowhere
        ? [{ path, message: `"${name}" is handed over by ${need.deliver.by}: nothing stands here` }]
        : [];
    }),
  );
  const masked = texts.flatMap(([path, text]) => (text.includes(MASK) ? [{ path, message: MASKED }] : []));
  const parts = command.flatMap((part, at) =>
    part.includes('{secrets}') && part !== '{secrets}'
      ? [{ path: ['command', at], message: '{secrets} is an argument of its own' }]
      : [],
  );
  const needs = secrets.flatMap(({ name, deliver }, at) => {
    const path = ['secrets', at];
    const isNamed = texts.some(([, text]) => text.includes(`{secret:${name}}`));
    const found: ProfileIssue[] = [];
    if (names.indexOf(name) !== at) found.push({ path: [...path, 'name'], message: `"${name}" is there twice` });
    if (deliver.by === 'argument' && !isNamed) {
      found.push({ path: [...path, 'deliver'], message: `no argument holds {secret:${name}}` });
    }
    if (deliver.by === 'stdin' && secrets.findIndex(one => one.deliver.by === 'stdin') !== at) {
      found.push({ path: [...path, 'deliver'], message: 'two secrets cannot share the one input' });
    }
    return found;
  });
  const prefix =
    kind === 'network' && defaults.uncPrefix === undefined && command.some(part => part.includes('{uncPrefix}'))
      ? [{ path: ['defaults'], message: 'a command with {uncPrefix} needs a default for it' }]
      : [];
  return [...unknown, ...masked, ...parts, ...needs, ...prefix];
}
