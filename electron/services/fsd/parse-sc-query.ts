import { textLines } from '../../../shared/domain/text-lines.ts';

/** A service as `sc.exe query` prints it. `state` is Windows' number: 1 stopped, 2 starting, 3 stopping, 4 running. */
export interface ScService {
  readonly name: string;
  readonly type: number;
  readonly state: number;
}

/**
 * Reads the answer of `sc.exe query [name]` and `sc.exe query type= driver`. Keys are localised on some systems, so
 * a record is known by its shape: a line whose value is a name, then lines `KEY : <number>  WORD` of which the first
 * is the type and the second the state. Total: what is no record is left out.
 */
export function parseScQuery(text: string): readonly ScService[] {
  const found: ScService[] = [];
  let name: string | undefined;
  let type: number | undefined;
  for (const line of textLines(text)) {
    const field = /^\s*([^:]+?)\s*:\s*(.*)$/.exec(line);
    if (field === null) continue;
    const [, key = '', value = ''] = field;
    const number = /^([0-9a-f]+)\s{1,4}\S/i.exec(value);
    const unindented = /^\S/.test(line);
    if (unindented) {
      // `SERVICE_NAME: x` opens a record; `DISPLAY_NAME: y` follows it and names nothing new.
      if (name !== undefined && type === undefined && !/service/i.test(key)) continue;
      name = value === '' ? undefined : value;
      type = undefined;
    } else if (name !== undefined && number !== null) {
      const digits = number[1] ?? '';
      if (type === undefined) type = Number.parseInt(digits, 16);
      else {
        const state = Number.parseInt(digits, 10);
        if (Number.isInteger(state)) found.push({ name, type, state });
        name = undefined;
        type = undefined;
      }
    }
  }
  return found;
}
