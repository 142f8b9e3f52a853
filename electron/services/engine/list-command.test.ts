import { expect, it } from 'vitest';
import { splitListCommand } from './list-command.ts';

it.each<[string, readonly string[]]>([
  ['', []],
  ['ping -t localhost', ['ping', '-t', 'localhost']],
  [
    'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe -i -m Y:',
    ['C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe', '-i', '-m', 'Y:'],
  ],
  ['C:\\tools\\serve now', ['C:\\tools\\serve', 'now']],
  ['cmd /c memfs-x64.exe -m Y:', ['cmd', '/c', 'memfs-x64.exe', '-m', 'Y:']],
  ["cmd.exe /s /c 'memfs-x64.exe -m Y:'", ['cmd.exe', '/s', '/c', 'memfs-x64.exe -m Y:']],
])("the engine's list has %j, which is %j", (command, argv) => {
  expect(splitListCommand(command)).toEqual(argv);
});
