/** Offers a text as a file to save. A long one comes in parts, which need not be joined. */
export function saveText(name: string, text: string | readonly string[], type = 'application/x-ndjson'): void {
  save(name, new Blob(typeof text === 'string' ? [text] : [...text], { type }));
}

/** Offers a zip archive, given in base64, as a file to save. */
export function saveArchive(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  save(name, new Blob([bytes], { type: 'application/zip' }));
}

/** Offers what the server gives out at an address as a file to save: none of it passes through the page. */
export function saveAddress(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  saveAddress(name, url);
  URL.revokeObjectURL(url);
}
