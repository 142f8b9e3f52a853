export const UNREACHED: readonly string[];
export function isCarried(name: string): boolean;
export function thinModules(folder: string): void;
