export const APP_ID: string;
export const FUSES: Readonly<Record<string, boolean>>;
export function updateChannel(channel: string, arch: string): string;
