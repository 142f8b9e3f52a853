/** A compute system as `hcsdiag list -raw` prints it, as far as a silo needs it. */
export interface HcsSystem {
  /** Docker's 64-hex id for a container that Docker made. */
  readonly id: string;
  readonly owner: string;
  readonly systemType: string;
  /** From `ObRoot`: `\\.\Silos\1720`. Absent for a utility VM. */
  readonly siloId?: number;
  readonly runtimeId?: string;
}

/**
 * Reads `hcsdiag.exe list -raw`: a JSON array, possibly with text around it, possibly one object a line.
 * Ground: Microsoft's HCS schema (Id, Owner, SystemType, ObRoot, RuntimeId). Total: what does not parse is left out.
 */
export function parseHcsdiag(text: string): readonly HcsSystem[] {
  const found: HcsSystem[] = [];
  for (const item of jsonItems(text)) {
    if (typeof item !== 'object' || item === null) continue;
    const field = (name: string): string => {
      const value: unknown = Reflect.get(item, name);
      return typeof value === 'string' ? value : '';
    };
    const id = field('Id');
    if (id === '') continue;
    const silo = /\\Silos\\(\d{1,9})$/i.exec(field('ObRoot'))?.[1];
    const runtimeId = field('RuntimeId').toLowerCase();
    found.push({
      id,
      owner: field('Owner'),
      systemType: field('SystemType'),
      ...(silo === undefined || Number(silo) === 0 ? {} : { siloId: Number(silo) }),
      ...(runtimeId === '' ? {} : { runtimeId }),
    });
  }
  return found;
}

function jsonItems(text: string): readonly unknown[] {
  const start = text.indexOf('[');
  const end = text.lastIndexOf(']');
  const whole = start >= 0 && end > start ? parsed(text.slice(start, end + 1)) : undefined;
  if (Array.isArray(whole)) return whole;
  return text.split(/\r?\n/).flatMap(line => {
    const one = parsed(line.trim().replace(/,$/, ''));
    return one === undefined ? [] : [one];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
