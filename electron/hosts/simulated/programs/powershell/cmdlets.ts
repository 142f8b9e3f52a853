import { argument, type Cmdlet, give, memberOf, nothing } from './cmdlet.ts';
import { FILE_CMDLETS } from './file-cmdlets.ts';
import { SYSTEM_CMDLETS } from './system-cmdlets.ts';
import { textOf } from './value.ts';

const selectObject: Cmdlet = async (_session, bound, input) => {
  const property = argument(bound, 'expandproperty', 9);
  const first = argument(bound, 'first', 9);
  const some = input.slice(0, first === undefined ? undefined : Number(first));
  if (property === undefined) return { values: some };
  return { values: some.flatMap(value => memberOf(value, property)) };
};

const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map<string, Cmdlet>([
  ...FILE_CMDLETS,
  ...SYSTEM_CMDLETS,
  ['write-output', async (_session, { rest }, input) => ({ values: rest.length > 0 ? rest : input })],
  ['write-host', async (_session, { rest }) => give(rest.map(textOf).join(' '))],
  ['out-null', async () => nothing],
  ['out-string', async (_session, _bound, input) => give(input.map(textOf).join('\r\n'))],
  ['select-object', selectObject],
]);

const ALIASES: Readonly<Record<string, string>> = {
  cat: 'get-content',
  gc: 'get-content',
  type: 'get-content',
  sc: 'set-content',
  ac: 'add-content',
  dir: 'get-childitem',
  ls: 'get-childitem',
  gci: 'get-childitem',
  gi: 'get-item',
  sleep: 'start-sleep',
  echo: 'write-output',
  write: 'write-output',
  ps: 'get-process',
  gps: 'get-process',
  gsv: 'get-service',
  pwd: 'get-location',
  gl: 'get-location',
  cd: 'set-location',
  sl: 'set-location',
  ni: 'new-item',
  rm: 'remove-item',
  del: 'remove-item',
  ri: 'remove-item',
  select: 'select-object',
};

/** A cmdlet by its name or alias, any case. */
export function findCmdlet(name: string): Cmdlet | undefined {
  const lower = name.toLowerCase();
  return CMDLETS.get(ALIASES[lower] ?? lower);
}
