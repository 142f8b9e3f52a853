declare const __SILOSCOPE_VERSION__: string;

/** Put in by the build, from package.json. */
export const VERSION: string = __SILOSCOPE_VERSION__;
