import { describe, expect, it } from 'vitest';
import { parseHcsdiag } from './parse-hcsdiag.ts';

const ID = '6952068f3f42400dc337dbbc71d5eeb9f76578dccb08d41b448883193babb82a';
const SYSTEM = {
  Id: ID,
  SystemType: 'Container',
  Owner: 'docker',
  RuntimeId: 'B1730042-922A-4B2F-96A5-EC99B0C0CEC7',
  RuntimeOsType: 'Windows',
  State: 'Running',
  ObRoot: '\\\\.\\Silos\\1720',
};
const READ = {
  id: ID,
  owner: 'docker',
  systemType: 'Container',
  siloId: 1720,
  runtimeId: SYSTEM.RuntimeId.toLowerCase(),
};

describe('the answer of hcsdiag list -raw', () => {
  it.each<[string, string, object[]]>([
    ['a silo', JSON.stringify([SYSTEM]), [READ]],
    ['with text around it', `\r\nSystems:\r\n${JSON.stringify([SYSTEM], null, 2)}\r\n`, [READ]],
    ['one object a line', `${JSON.stringify(SYSTEM)},\r\n${JSON.stringify(SYSTEM)}\r\n`, [READ, READ]],
    [
      'a utility VM, which has no root here',
      JSON.stringify([{ Id: ID, SystemType: 'VirtualMachine', Owner: 'docker' }]),
      [{ id: ID, owner: 'docker', systemType: 'VirtualMachine' }],
    ],
    [
      'a root that is none',
      JSON.stringify([{ ...SYSTEM, ObRoot: '\\\\.\\Silos\\0' }]),
      [{ ...READ, siloId: undefined }],
    ],
    ['nothing running', '[]', []],
    ['cut short', JSON.stringify([SYSTEM]).slice(0, 80), []],
    ['a refusal', 'Access is denied.\r\n', []],
  ])('%s', (_, text, expected) => {
    expect(parseHcsdiag(text)).toEqual(expected);
  });
});
