/** Words of the dialog that writes a report. */
export const reportWords = {
  title: 'Report a problem',
  what: 'Readiness, an inspection without probes, and the journal, to attach to an issue.',
  redacted:
    'Names of the machine and of users, accounts, addresses, secrets, labels and environments are taken out. UNC prefixes and file names stay, since they explain the rest: read it before you pass it on.',
  text: 'Report',
  save: 'Save JSON',
  savePage: 'Save as HTML',
  pageName: 'siloscope-report.html',
  copy: 'the report',
  fileName: 'siloscope-report.json',
  twin: 'On the command line: siloscope report --out report.html, or as Markdown without a file.',
} as const;
