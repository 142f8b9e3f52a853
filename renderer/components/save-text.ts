/** Offers a text as a file to save. A long one comes in parts, which need not be joined. */
export function saveText(name: string, text: string | readonly string[], type = 'application/x-ndjson'): void {
  const url = URL.createObjectURL(new Blob(typeof text === 'string' ? [text] : [...text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
