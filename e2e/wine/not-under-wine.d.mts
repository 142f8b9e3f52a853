export const WALKED: readonly string[];
export function tellNotUnderWine(): string;
