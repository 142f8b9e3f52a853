import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const electron = fileURLToPath(new URL('../../../', import.meta.url));

it('a function of Windows is declared once', () => {
  const sources = readdirSync(electron, { recursive: true, encoding: 'utf8' }).filter(file =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const declared = sources.flatMap(file =>
    [...readFileSync(`${electron}/${file}`, 'utf8').matchAll(/__stdcall (\w+)\(/g)].map(([, name = '']) => name),
  );
  expect(declared.length).toBeGreaterThan(20);
  expect(declared.filter((name, at) => declared.indexOf(name) !== at)).toEqual([]);
});
