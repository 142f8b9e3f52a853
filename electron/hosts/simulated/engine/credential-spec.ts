import type { Win32 } from '../machine.ts';
import { serverError } from './api-error.ts';
import { win32Of } from './system-call-words.ts';

const SPECS = 'C:\\ProgramData\\docker\\CredentialSpecs';
const KEY = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Virtualization\\Containers\\CredentialSpecs';

/**
 * Checks one `--security-opt`: Windows knows gMSA credential specs alone, and reads them when the container starts.
 * Whatever is wrong with them is status 500. Ground: moby daemon/oci_windows.go, setWindowsCredentialSpec; start.go.
 */
export async function checkSecurityOption(win32: Win32, containerId: string, option: string): Promise<void> {
  const at = option.indexOf('=');
  if (at < 0) throw serverError(`invalid security option: no equals sign in supplied value ${option}`);
  const name = option.slice(0, at);
  if (name.toLowerCase() !== 'credentialspec') throw serverError(`security option not supported: ${name}`);
  const [, scheme = '', value = ''] = /^(file|registry|raw):\/\/(.+)$/is.exec(option.slice(at + 1)) ?? [];
  switch (scheme.toLowerCase()) {
    case 'file':
      return readFile(win32, containerId, value.replaceAll('/', '\\'));
    case 'registry':
      return readValue(win32, containerId, value);
    case 'raw':
      return;
    default:
      throw serverError(
        "invalid credential spec security option - value must be prefixed by 'file://', 'registry://', or 'raw://' followed by a non-empty value",
      );
  }
}

async function readFile(win32: Win32, containerId: string, place: string): Promise<void> {
  if (/^[a-z]:\\|^\\\\/i.test(place)) {
    throw serverError('invalid credential spec: file:// path cannot be absolute');
  }
  const parts: string[] = [];
  for (const part of place.split('\\')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) {
      throw serverError(`invalid credential spec: file:// path must be under ${SPECS}`);
    }
  }
  const path = [SPECS, ...parts].join('\\');
  const { directory } = await win32.stat(path).catch((caught: unknown) => {
    // dockerd makes the folder itself, so that only what is below it can be missing.
    const words = win32Of(caught) === 3 && parts.length > 1 ? 'The system cannot find the path specified.' : NOT_FOUND;
    throw serverError(`failed to load credential spec for container ${containerId}: open ${path}: ${words}`);
  });
  if (directory) {
    throw serverError(`failed to load credential spec for container ${containerId}: read ${path}: Incorrect function.`);
  }
}

const NOT_FOUND = 'The system cannot find the file specified.';

function readValue(win32: Win32, containerId: string, name: string): void {
  const key = win32.registryKey(`HKLM\\${KEY}`);
  if (key === undefined) {
    throw serverError(
      `failed handling spec "${name}" for container ${containerId} - registry key ${KEY} could not be opened: ${NOT_FOUND}`,
    );
  }
  if (!key.values.some(held => held.name.toLowerCase() === name.toLowerCase())) {
    throw serverError(`registry credential spec "${name}" for container ${containerId} was not found`);
  }
}
