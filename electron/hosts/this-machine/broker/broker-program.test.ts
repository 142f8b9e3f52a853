import { describe, expect, it } from 'vitest';
import { brokerProgram } from './broker-program.ts';

const HOME = 'C:\\Users\\ada\\AppData\\Local\\Programs\\Siloscope';
const node = `${HOME}\\resources\\cli\\node.exe`;
const script = `${HOME}\\resources\\cli\\out\\cli\\broker-process.js`;
const anywhere = (): boolean => true;

describe('what the prompt of Windows names', () => {
  it.each([
    ['installed', node],
    ['in any case', node.toUpperCase()],
  ])('is Siloscope itself, %s', (_, from) => {
    const asked: string[] = [];
    const program = brokerProgram({ node: from, script }, file => asked.push(file) > 0);
    expect(program.file.toLowerCase()).toBe(`${HOME}\\Siloscope.exe`.toLowerCase());
    expect(program.before).toEqual([]);
    expect(asked).toEqual([program.file]);
  });

  it.each<[string, string, string, boolean]>([
    [
      'Node of its own, from the sources',
      'C:\\Program Files\\nodejs\\node.exe',
      'C:\\src\\out\\cli\\broker-process.js',
      true,
    ],
    ['Node, where the program is not beside it', node, script, false],
    ['Node, when the script is not the one that was installed', node, 'C:\\src\\out\\cli\\broker-process.js', true],
    ['Node, when the script lies on another drive', node, script.replace('C:', 'D:'), true],
    ['Node, when it lies elsewhere in a folder of that name', `${HOME}\\resources\\cli\\bin\\node.exe`, script, true],
    ['Node, by a name alone', 'node.exe', script, true],
  ])('is %s', (_, from, broker, there) => {
    expect(brokerProgram({ node: from, script: broker }, there ? anywhere : () => false)).toEqual({
      file: from,
      before: [broker],
    });
  });
});
