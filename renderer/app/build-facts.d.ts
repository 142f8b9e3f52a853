/** Put in by the build: the version in package.json. */
declare const __SILOSCOPE_VERSION__: string;
