/**
 * Any text as an expression of PowerShell, told in base64 of UTF-16: quotes, curly ones too, and line ends have no say in
 * it, and nothing in it means anything to cmd or sh.
 */
export function powershellText(text: string): string {
  const bytes = Array.from({ length: text.length * 2 }, (_, at) => {
    const unit = text.charCodeAt(at >> 1);
    return String.fromCharCode(at % 2 === 0 ? unit & 0xff : unit >> 8);
  });
  return `[Text.Encoding]::Unicode.GetString([Convert]::FromBase64String('${btoa(bytes.join(''))}'))`;
}

/**
 * Any text in single quotes, as PowerShell reads it and a person too. To PowerShell the curly ones are single quotes as
 * well: each, doubled, stands for itself, and one alone would end the text. Ground: PowerShell CharTraits.cs.
 */
export function powershellQuoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
