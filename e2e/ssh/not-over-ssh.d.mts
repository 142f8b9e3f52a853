export const NOT_OVER_SSH: readonly { readonly journey: string; readonly tests?: RegExp; readonly because: string }[];
export function tellNotOverSsh(): string;
