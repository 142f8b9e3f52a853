/** Builds `entry` as `main.js` into `outDir`, which is emptied; `beside` by the names that its programs have beside it. */
export function buildNode(entry: string, outDir: string, beside?: Readonly<Record<string, string>>): Promise<unknown>;
