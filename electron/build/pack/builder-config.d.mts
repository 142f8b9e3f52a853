export const APP_ID: string;
export const FUSES: Readonly<Record<string, boolean>>;
export function updateChannel(channel: string, arch: string): string;

/** For electron-builder's `publish`. Throws for an address that is not https, and for a channel that is none. */
export function updateFeed(wanted: {
  readonly updateUrl: string | undefined;
  readonly channel: string;
  readonly arch: string;
}): readonly { readonly provider: 'generic'; readonly url: string; readonly channel: string }[] | null;

/** For electron-builder's `win`. Throws where Azure is told half of what it needs. */
export function signingOptions(environment: Readonly<Record<string, string | undefined>>): object;
