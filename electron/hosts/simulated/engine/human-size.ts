const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

function fourDigits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A size in decimal units with four significant digits: `36.45kB`, `5.1GB`. Ground: go-units HumanSize. */
export function humanSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${fourDigits(value)}${UNITS[unit]}`;
}

/** The bar that pull and push lines carry: `[=====>      ]  36.45kB/1.065MB`. */
export function progressBar(current: number, total: number): string {
  const done = Math.min(50, Math.floor(((current / total) * 100) / 2));
  const bar = `[${'='.repeat(done)}>${' '.repeat(Math.max(0, 50 - done))}]`;
  return `${bar} ${humanSize(current).padStart(8)}/${humanSize(total)}`;
}
