// A folder that looks to a packager like Electron for Windows. Electron's own program cannot be fetched everywhere, and
// most of what can go wrong with a package has nothing to do with it. Nothing in it runs.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/** Where the fuses begin: @electron/fuses looks for these bytes. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships them (its build/fuses/fuses.json5): what may be turned off is on, what may be turned on is off. */
const FUSES_AS_SHIPPED = '101100011';

const US_ENGLISH = { lang: 1033, codepage: 1200 };

/** An empty Windows program with a version resource and fuses, about a kilobyte. */
export function standinProgram({ name, version, fuses = true }) {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const info = Resource.VersionInfo.createEmpty();
  info.lang = US_ENGLISH.lang;
  info.setFileVersion(version, US_ENGLISH.lang);
  info.setProductVersion(version, US_ENGLISH.lang);
  info.setStringValues(US_ENGLISH, { FileDescription: name, ProductName: name, OriginalFilename: `${name}.exe` });
  info.outputToResourceEntries(resources.entries);
  resources.entries.push(manifestEntry());
  resources.outputResource(program);
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL, 'latin1'),
    Buffer.from([1, FUSES_AS_SHIPPED.length]),
    Buffer.from(FUSES_AS_SHIPPED, 'latin1'),
  ]);
  return Buffer.concat([Buffer.from(program.generate()), ...(fuses ? [wire] : [])]);
}

function manifestEntry() {
  const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
<trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
<requestedExecutionLevel level="asInvoker" uiAccess="false"></requestedExecutionLevel>
</requestedPrivileges></security></trustInfo></assembly>`;
  return { type: 24, id: 1, ...US_ENGLISH, bin: new TextEncoder().encode(text).buffer };
}

/** Writes the folder: the program, and one of each kind of file that stands beside it. */
export function writeStandinElectron(folder, version) {
  rmSync(folder, { recursive: true, force: true });
  for (const below of ['locales', 'resources']) mkdirSync(join(folder, below), { recursive: true });
  writeFileSync(join(folder, 'electron.exe'), standinProgram({ name: 'electron', version }));
  const beside = {
    LICENSE: 'Electron (stand-in)',
    'LICENSES.chromium.html': '<p>Chromium (stand-in)</p>',
    'ffmpeg.dll': '',
    'icudtl.dat': '',
    'resources.pak': '',
    'locales/en-US.pak': '',
    'locales/de.pak': '',
  };
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
}
