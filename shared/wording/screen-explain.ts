/** Words of the dialog that explains an error. */
export const explainWords = {
  title: 'Explain an error',
  field: 'A code, or what was printed',
  hint: 'Such as 0xc0370101, -1073741515, 1060, or whole lines of Docker, WinFsp or Windows.',
  cause: 'Cause',
  fix: 'Next step',
  source: (source: string): string => `Known from: ${source}`,
  unknown: 'Nobody here has met this one. The more lines you paste, the more there is to recognise.',
  command: (asked: string): string => `siloscope explain ${asked}`,
} as const;
