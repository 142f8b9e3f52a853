/** The content of an executable: what makes a file a program of the table. */
export function programFile(id: string): string {
  return `MZ siloscope-program ${id}\n`;
}
