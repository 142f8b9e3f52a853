/** A browser knows no `app:` scheme: pages are loaded from an origin that exists nowhere, and every address is told as the app's. */
const BROWSER_ORIGIN = 'https://siloscope.standin';
const APP_ORIGIN = 'app://siloscope';

export const toBrowser = (url: string): string => swapped(url, APP_ORIGIN, BROWSER_ORIGIN);
export const toApp = (url: string): string => swapped(url, BROWSER_ORIGIN, APP_ORIGIN);

function swapped(url: string, from: string, to: string): string {
  return url === from || url.startsWith(`${from}/`) ? to + url.slice(from.length) : url;
}
