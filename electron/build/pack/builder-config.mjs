// What electron-builder is told. One architecture a run: each installer carries its own native parts and no others.
import { join } from 'node:path';
import { packFolder, root } from './stage.mjs';

/** As electron/shells/window/addresses.ts has it: Windows groups taskbar buttons and notifications by it. */
export const APP_ID = 'dev.siloscope.app';

/**
 * What Electron's program is told for good, inside it: it runs nothing but the checked archive, and nobody's environment
 * or switches turn it into a Node for other scripts.
 */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/**
 * Where a package looks for newer versions: the publisher's page, https only, since an unsigned package has nothing else to
 * trust. Without one it does not look.
 */
export function updateFeed({ updateUrl, channel, arch }) {
  if (updateUrl === undefined) return null;
  if (!URL.canParse(updateUrl) || new URL(updateUrl).protocol !== 'https:') {
    throw new TypeError(`SILOSCOPE_UPDATE_URL must begin with https://, found ${updateUrl}`);
  }
  if (channel !== 'stable' && channel !== 'preview') {
    throw new TypeError(`SILOSCOPE_CHANNEL must be stable or preview, found ${channel}`);
  }
  return [{ provider: 'generic', url: updateUrl, channel: updateChannel(channel, arch) }];
}

/** The updater knows no architectures on Windows, so each has a channel of its own. */
export const updateChannel = (channel, arch) => (arch === 'x64' ? channel : `${channel}-${arch}`);

/** What Azure's signing service is told, by the variable that says it. */
const AZURE = {
  SILOSCOPE_AZURE_ENDPOINT: 'endpoint',
  SILOSCOPE_AZURE_ACCOUNT: 'codeSigningAccountName',
  SILOSCOPE_AZURE_PROFILE: 'certificateProfileName',
  SILOSCOPE_PUBLISHER: 'publisherName',
};

/**
 * How a package is signed: by Azure's service (its AZURE_* variables say as whom), or by signtool with a certificate out of
 * Windows' own store (a token's, say) or from a file, which electron-builder takes from CSC_LINK and CSC_KEY_PASSWORD or
 * WIN_CSC_* itself. SHA-256 alone: no Windows that runs this needs SHA-1, and few certificates still sign with it.
 */
export function signingOptions(environment) {
  const told = Object.keys(AZURE).filter(name => environment[name] !== undefined);
  if (told.length === 0) {
    const { SILOSCOPE_CERTIFICATE_SHA1: certificateSha1 } = environment;
    const certificate = certificateSha1 === undefined ? {} : { certificateSha1 };
    return { signtoolOptions: { signingHashAlgorithms: ['sha256'], ...certificate } };
  }
  const missing = Object.keys(AZURE).filter(name => !told.includes(name));
  if (missing.length > 0)
    throw new TypeError(`${told.join(', ')} without ${missing.join(', ')}: Azure needs all of them`);
  return { azureSignOptions: Object.fromEntries(Object.entries(AZURE).map(([name, key]) => [key, environment[name]])) };
}

/** The configuration for one architecture. SILOSCOPE_SIGN=required makes an unsigned package an error. */
export function builderConfig({ arch, version, staged, output, electronDist, environment = {}, targets, sign = true }) {
  const { SILOSCOPE_UPDATE_URL: updateUrl, SILOSCOPE_CHANNEL: channel = 'stable', SILOSCOPE_SIGN } = environment;
  return {
    appId: APP_ID,
    productName: 'Siloscope',
    copyright: 'The Siloscope authors. MIT licence.',
    directories: { app: staged.app, output, buildResources: join(root, 'assets', 'icons') },
    ...(electronDist === undefined ? {} : { electronDist }),
    npmRebuild: false,
    // Not a build server's counter: the same sources make the same version.
    buildVersion: version,
    electronLanguages: ['en-US'],
    electronFuses: FUSES,
    asar: { smartUnpack: false },
    // What lies beside the archive is not checked by its hash: no script does. A native part and a program cannot be read
    // out of an archive by Windows. A picture can, by way of a copy in the
    // folder for temporary files: the icon is gone when that is cleaned (electron#30911).
    asarUnpack: ['node_modules/@koromix/**/*.node', 'node_modules/ssh2/util/pagent.exe', 'assets/icons/**'],
    files: ['package.json', 'out/**', 'assets/**'],
    // Packages are left out of a folder that is copied, but not out of one that holds nothing else.
    extraResources: [
      { from: staged.cli, to: 'cli', filter: ['**/*'] },
      { from: join(staged.cli, 'node_modules'), to: 'cli/node_modules', filter: ['**/*'] },
    ],
    extraFiles: [
      { from: join(root, 'electron', 'build', 'pack', 'siloscope.cmd'), to: 'bin/siloscope.cmd' },
      { from: join(root, 'LICENSE'), to: 'LICENSE.siloscope.txt' },
      { from: join(packFolder(arch), 'licences.txt'), to: 'LICENSES.others.txt' },
    ],
    win: {
      target: targets.map(target => ({ target, arch: [arch] })),
      icon: join(root, 'assets', 'icons', 'siloscope.ico'),
      executableName: 'Siloscope',
      requestedExecutionLevel: 'asInvoker',
      artifactName: `Siloscope-\${version}-${arch}-portable.\${ext}`,
      ...signingOptions(environment),
      // Native parts are loaded as programs are.
      signExts: ['.node'],
      // A stand-in is no program that a certificate should vouch for.
      ...(sign ? {} : { signExecutable: false }),
    },
    forceCodeSigning: sign && SILOSCOPE_SIGN === 'required',
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      include: join(root, 'electron', 'build', 'pack', 'installer.nsh'),
      license: join(root, 'LICENSE'),
      artifactName: `Siloscope-\${version}-${arch}-setup.\${ext}`,
      installerLanguages: ['en_US'],
      displayLanguageSelector: false,
      uninstallDisplayName: 'Siloscope',
    },
    publish: updateFeed({ updateUrl, channel, arch }),
  };
}
