// The law of a package: what must be in it, what may be, and what its program was told. Judges what was read; touches
// nothing.
import { FUSES } from './builder-config.mjs';

const MODULE_FILE = /(\/[\w.@-]+)+\.(js|cjs|mjs|json|proto)$|(^|\/)(licen[cs]e|copying|notice)[\w.-]*$/i;

/** What the archive may hold besides packages. */
const IN_ARCHIVE = [
  /^package\.json$/,
  /^out\/window\/(assets\/)?[\w-]+\.(js|cjs)$/,
  /^out\/renderer\/(index\.html|licences\.json)$/,
  /^out\/renderer\/assets\/[\w.-]+-[\w-]{8}\.(js|css|svg|png|woff2)$/,
  /^assets\/icons\/[\w-]+\.(png|ico)$/,
  /^assets\/scenarios\/[\w.-]+\.json$/,
];
const REQUIRED_IN_ARCHIVE = [
  'package.json',
  'out/window/main.js',
  'out/window/preload.cjs',
  'out/window/prober-process.js',
  'out/window/elevator-process.js',
  'out/renderer/index.html',
  'out/renderer/licences.json',
  'assets/icons/siloscope.ico',
  'assets/scenarios/default.json',
];

const unpackedNative = arch =>
  `resources/app.asar.unpacked/node_modules/@koromix/koffi-win32-${arch}/win32_${arch}/koffi.node`;
const cliNative = arch => `resources/cli/node_modules/@koromix/koffi-win32-${arch}/win32_${arch}/koffi.node`;

/** What the packaged help and the kept files name. */
const SCHEMAS = [
  'scenarios/scenario.schema.json',
  'profiles/profiles.schema.json',
  'profiles/built-in.json',
  'profiles/example.json',
  'policy/policy.schema.json',
  'policy/example.json',
  'settings/settings.schema.json',
  'workspaces/workspace.schema.json',
  'workspaces/workspaces.schema.json',
  'workspaces/example.json',
];

/** What the window shows on Windows. */
const ICONS = [
  'siloscope.ico',
  'badge-leak.png',
  ...['idle', 'busy', 'leak', 'error'].map(state => `tray-${state}.ico`),
];

/** What may lie beside the archive. Electron's own parts are named by kind. */
const BESIDE = arch => [
  /^Siloscope\.exe$/,
  /^LICENSE\.(electron|siloscope)\.txt$/,
  /^LICENSES\.(chromium\.html|others\.txt)$/,
  /^bin\/siloscope\.cmd$/,
  /^[\w.-]+\.(dll|dat|pak|bin)$/,
  /^vk_swiftshader_icd\.json$/,
  /^locales\/en-US\.pak$/,
  /^resources\/(app\.asar|app-update\.yml|elevate\.exe)$/,
  new RegExp(`^${unpackedNative(arch).replaceAll('.', '\\.')}$`),
  /^resources\/app\.asar\.unpacked\/node_modules\/ssh2\/util\/pagent\.exe$/,
  /^resources\/app\.asar\.unpacked\/assets\/icons\/[\w-]+\.(png|ico)$/,
  /^resources\/cli\/(package\.json|node\.exe)$/,
  /^resources\/cli\/out\/cli\/[\w-]+\.js$/,
  /^resources\/cli\/out\/renderer\/(index\.html|licences\.json)$/,
  /^resources\/cli\/out\/renderer\/assets\/[\w.-]+-[\w-]{8}\.(js|css|svg|png|woff2)$/,
  /^resources\/cli\/assets\/(scenarios|profiles|policy|settings|workspaces)\/[\w.-]+\.json$/,
  /^resources\/cli\/node_modules\/ssh2\/util\/pagent\.exe$/,
  new RegExp(`^${cliNative(arch).replaceAll('.', '\\.')}$`),
];
const REQUIRED_BESIDE = arch => [
  'Siloscope.exe',
  'LICENSE.siloscope.txt',
  'LICENSES.others.txt',
  'bin/siloscope.cmd',
  'resources/app.asar',
  ...ICONS.map(name => `resources/app.asar.unpacked/assets/icons/${name}`),
  'resources/cli/node.exe',
  'resources/cli/out/cli/main.js',
  'resources/cli/out/cli/prober-process.js',
  'resources/cli/out/cli/elevator-process.js',
  'resources/cli/out/cli/broker-process.js',
  'resources/cli/out/cli/path-entry.js',
  'resources/cli/out/renderer/index.html',
  'resources/cli/assets/scenarios/default.json',
  ...SCHEMAS.map(name => `resources/cli/assets/${name}`),
  unpackedNative(arch),
  cliNative(arch),
];

/** Bytes. A package that grows past these has taken something along that it should not. */
const LARGEST_ARCHIVE = 16 * 1024 * 1024;
const LARGEST_CLI = 16 * 1024 * 1024;

const isPackageFile = path => /(^|\/)node_modules\//.test(path) && MODULE_FILE.test(path);
const isForeignNative = (path, arch) => path.endsWith('.node') && !path.includes(`koffi-win32-${arch}/`);

/** Every fault of a package, worded; none means that it keeps the law. */
export function judgePackage(read, { arch, version, appId }) {
  const paths = read.files.map(({ path }) => path);
  const beside = BESIDE(arch);
  const sizeOf = isCounted => read.files.filter(isCounted).reduce((sum, { size }) => sum + size, 0);
  const archive = sizeOf(({ path }) => path === 'resources/app.asar');
  const cli = sizeOf(({ path }) => path.startsWith('resources/cli/') && !path.endsWith('/node.exe'));
  return [
    ...REQUIRED_IN_ARCHIVE.filter(path => !read.archived.includes(path)).map(path => `app.asar has no ${path}`),
    ...REQUIRED_BESIDE(arch)
      .filter(path => !paths.includes(path))
      .map(path => `there is no ${path}`),
    ...read.archived
      .filter(path => !IN_ARCHIVE.some(rule => rule.test(path)) && !isPackageFile(path))
      .filter(path => !paths.includes(`resources/app.asar.unpacked/${path}`))
      .map(path => `app.asar holds ${path}, which nothing allows`),
    ...paths
      .filter(path => !beside.some(rule => rule.test(path)))
      .filter(path => !(path.startsWith('resources/cli/node_modules/') && isPackageFile(path)))
      .map(path => `${path} lies there, which nothing allows`),
    ...[...paths, ...read.archived]
      .filter(path => isForeignNative(path, arch))
      .map(path => `${path} is a native part for another machine`),
    ...(archive > LARGEST_ARCHIVE ? [`app.asar has ${archive} bytes, more than ${LARGEST_ARCHIVE}`] : []),
    ...(cli > LARGEST_CLI ? [`the command line has ${cli} bytes, more than ${LARGEST_CLI}`] : []),
    ...judgeFuses(read.fuses),
    ...judgeIntegrity(read),
    ...judgeMetadata(read, { version, appId }),
  ];
}

/** Electron's names of the fuses, by electron-builder's. */
const FUSE_NAMES = {
  runAsNode: 'RunAsNode',
  enableCookieEncryption: 'EnableCookieEncryption',
  enableNodeOptionsEnvironmentVariable: 'EnableNodeOptionsEnvironmentVariable',
  enableNodeCliInspectArguments: 'EnableNodeCliInspectArguments',
  enableEmbeddedAsarIntegrityValidation: 'EnableEmbeddedAsarIntegrityValidation',
  onlyLoadAppFromAsar: 'OnlyLoadAppFromAsar',
  loadBrowserProcessSpecificV8Snapshot: 'LoadBrowserProcessSpecificV8Snapshot',
  grantFileProtocolExtraPrivileges: 'GrantFileProtocolExtraPrivileges',
};

/** Left as Electron ships it: how the bounds of WebAssembly's memory are watched, by traps or by checks. Either is safe. */
const LEFT_AS_SHIPPED = ['WasmTrapHandlers'];

function judgeFuses(fuses) {
  const decided = [...Object.values(FUSE_NAMES), ...LEFT_AS_SHIPPED];
  return [
    ...Object.entries(FUSES)
      .filter(([name, wanted]) => fuses[FUSE_NAMES[name]] !== wanted)
      .map(([name, wanted]) => `the fuse ${name} is not ${wanted ? 'on' : 'off'}`),
    ...Object.keys(fuses)
      .filter(name => !decided.includes(name))
      .map(name => `the program has a fuse that nobody decided on: ${name}`),
  ];
}

function judgeIntegrity({ integrity, archiveHash }) {
  const record = integrity.find(({ file }) => file === 'resources\\app.asar');
  if (record === undefined) return ['the program has no record of app.asar'];
  const others = integrity.length === 1 ? [] : ['the program has records of other archives'];
  const matches = record.alg.toUpperCase() === 'SHA256' && record.value === archiveHash;
  return [...others, ...(matches ? [] : ["the program's record of app.asar is of another archive"])];
}

function judgeMetadata({ strings, manifest }, { version }) {
  const wanted = { ProductName: 'Siloscope', FileDescription: 'Siloscope', ProductVersion: `${version}.0` };
  const faults = Object.entries(wanted)
    .filter(([name, value]) => strings[name] !== value)
    .map(([name, value]) => `${name} is ${JSON.stringify(strings[name])}, not ${JSON.stringify(value)}`);
  const level = /requestedExecutionLevel\s[^>]*level="(\w+)"/.exec(manifest)?.[1];
  return level === 'asInvoker' ? faults : [...faults, `the program asks for the execution level ${level}`];
}
