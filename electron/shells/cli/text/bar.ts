/** `[########------------]  40 %`: plain characters, so that every terminal and recording shows it. */
export function bar(fraction: number, cells = 24): string {
  const share = Math.min(1, Math.max(0, fraction));
  const full = Math.floor(share * cells);
  return `[${'#'.repeat(full)}${'-'.repeat(cells - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}
