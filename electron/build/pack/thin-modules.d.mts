export const UNREACHED: readonly string[];
export function isCarried(name: string): boolean;
export function ledOutOfArchive(text: string): string;
export function thinModules(folder: string): void;
