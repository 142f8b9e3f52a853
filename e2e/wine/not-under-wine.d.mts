export const WALKED: readonly string[];
export const LEFT_OUT: readonly RegExp[];
export function tellNotUnderWine(): string;
