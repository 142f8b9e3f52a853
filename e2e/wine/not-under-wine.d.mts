export const NOT_UNDER_WINE: readonly { readonly journey: string; readonly tests?: RegExp; readonly because: string }[];
export function tellNotUnderWine(): string;
