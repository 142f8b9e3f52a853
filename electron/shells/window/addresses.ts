/** The scheme under which the page is served; registered as standard and secure, so that it has an origin of its own. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = 'app://siloscope';
/** Where the window's page lives. A screen is its fragment: `#/visibility`. */
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;
/** The one channel between page and app. */
export const FRAME_CHANNEL = 'siloscope:frame';
/** How Windows knows the app: groups taskbar buttons, jump list and notifications. */
export const APP_USER_MODEL_ID = 'dev.siloscope.app';
/**
 * The class that Windows wakes when somebody presses a notification. Without one of our own Electron makes one up at each
 * start, and leaves it in the registry.
 */
export const TOAST_ACTIVATOR = '{51F84FE2-E661-4DA8-B8DB-907D6A87C61C}';

/** Is it our page, whichever screen it shows? Another path of our own origin is not. */
export function isPageUrl(url: string): boolean {
  const [address] = url.split('#', 1);
  return address === PAGE_URL;
}
