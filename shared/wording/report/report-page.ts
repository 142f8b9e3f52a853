import type { Part, ReportedMoment } from '../../contract/report.ts';
import { EVIDENCE_RANKS } from '../../domain/evidence.ts';
import { countLeaks, isOnlyExpected } from '../../domain/expected-verdict.ts';
import type { Finding, Inspection } from '../../domain/inspection.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { formatCount } from '../amounts.ts';
import { timelineWords } from '../screen-timeline.ts';
import { countExpected, wordViolations } from '../violation-count.ts';
import { wordRank } from '../word-evidence.ts';
import { wordFault } from '../word-fault.ts';
import { wordJournal } from '../word-journal.ts';
import { wordHost, wordKnownHost } from '../word-known-host.ts';
import { wordMomentEnd } from '../word-moment.ts';
import { wordCheck, wordCheckState } from '../word-readiness.ts';
import { escapeHtml, Html, type HtmlTemplate, htmlWith, prose } from './html.ts';
import type { ReportDocument } from './report-document.ts';
import { REPORT_STYLE } from './report-style.ts';
import { matrixSection, untestedSection, volumeSections } from './report-volumes.ts';

const MOST = 200;
const LAST_LINES = 50;
/** A link that holds more would make the page slow; the data are had by the command below. */
const LARGEST_LINK = 1_500_000;

/** What the report rests on, for a reader who wants to look it up. */
const SOURCES: readonly (readonly [title: string, url: string])[] = [
  ['WinFsp: Container support', 'https://github.com/winfsp/winfsp/blob/master/doc/WinFsp-Container-Support.asciidoc'],
  [
    'Microsoft: Support for UNC naming and MUP',
    'https://learn.microsoft.com/windows-hardware/drivers/ifs/support-for-unc-naming-and-mup',
  ],
  [
    'Microsoft: Isolation modes of Windows containers',
    'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/hyperv-container',
  ],
];

/** A whole report as one HTML file: no script, nothing from outside, every name escaped. `redact`: what is done to each text. */
export function reportPage(document: ReportDocument, redact: (text: string) => string): string {
  const html = htmlWith(redact);
  const { parts, madeAt } = document;
  const { past } = parts;
  const about = past === undefined ? '' : ` about ${past.at ?? past.entryAt ?? 'the past'}`;
  const sections: readonly (readonly [id: string, title: string, body: Html])[] = [
    ['host', past === undefined ? 'Host' : 'Host, as it was then known', hostSection(html, document)],
    [
      'readiness',
      'Readiness',
      parts.readiness === undefined
        ? html`<p>Not recorded: nobody can check now what was ready then.</p>`
        : part(
            html,
            parts.readiness,
            ({ checks }) =>
              html`<table><caption class="skip">Checks</caption><thead><tr><th scope="col">Check</th><th scope="col">State</th><th scope="col">Found</th></tr></thead><tbody>${checks.map(({ code, state, found, fix }) => html`<tr><th scope="row">${wordCheck(code)}</th><td>${wordCheckState(state)}</td><td>${prose(found)}${fix !== undefined && html`<br><span class="dim">${prose(fix)}</span>`}</td></tr>`)}</tbody></table>`,
          ),
    ],
    [
      'matrix',
      past === undefined ? 'Who can see what' : 'Who could see what',
      part(html, parts.inspection, inspection => matrixSection(html, inspection)),
    ],
    ['findings', 'Findings', part(html, parts.inspection, ({ findings }) => findingsSection(html, findings))],
    ['policy', 'Policy', policySection(html, document)],
    [
      'volumes',
      'Volumes and their evidence',
      part(html, parts.inspection, inspection => volumeSections(html, inspection, past !== undefined)),
    ],
    ['untested', 'What was not tested', part(html, parts.inspection, inspection => untestedSection(html, inspection))],
    [
      'journal',
      past === undefined ? 'What happened last' : 'What had happened last by then',
      part(html, parts.journal, ({ entries }) => journalSection(html, entries.slice(-LAST_LINES))),
    ],
    ['method', 'Method and sources', methodSection(html, document)],
    ['reproduce', 'Do it again', reproduceSection(html, document)],
  ];
  const body = html`<a class="skip" href="#host">To the facts</a>
<header><h1>Siloscope report${about}</h1><p class="dim">Made at <time datetime="${madeAt}">${madeAt}</time> by Siloscope ${parts.siloscope}.</p>
${past !== undefined && pastNote(html, past)}
${part(html, parts.inspection, inspection => sums(html, inspection))}
${simulatedNote(html, document)}</header>
<nav aria-label="Contents"><ul>${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>${sections.map(
    ([
      id,
      title,
      content,
    ]) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>
`,
  )}</main>
<footer>${dataSection(html, document)}</footer>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${html`Siloscope report${about}`.markup}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
${body.markup}
</body>
</html>
`;
}

function part<T>(html: HtmlTemplate, asked: Part<T>, write: (is: T) => Html): Html {
  if ('is' in asked) return write(asked.is);
  const { title, cause, next, command, raw } = wordFault(asked.fault);
  return html`<div class="banner"><p class="bad">${prose(title)}</p><p>${prose(`${cause} ${next}`)}</p>${command !== undefined && html`<pre>${command}</pre>`}${raw !== undefined && html`<pre>${raw}</pre>`}</div>`;
}

function sums(html: HtmlTemplate, { volumes, namespaces, findings }: Inspection): Html {
  const count = (verdict: string): number => volumes.filter(volume => volume.verdict === verdict).length;
  const serious = findings.filter(({ severity }) => severity === 'serious').length;
  const { leaked, expected } = countLeaks(volumes);
  const unlooked = volumes.filter(volume => volume.verdict === 'private' && isOnlyExpected(volume)).length;
  const many = (number: number, one: string): string => (number === 1 ? one : `${one}s`);
  return html`<ul class="sums"><li><b>${volumes.length}</b> ${many(volumes.length, 'volume')}</li><li class="bad"><b>${leaked}</b> leaked</li>${expected > 0 && html`<li class="bad"><b>${expected}</b> expected to leak</li>`}<li class="doubt"><b>${count('unknown')}</b> unknown</li><li class="good"><b>${count('private') - unlooked}</b> private</li>${unlooked > 0 && html`<li class="good"><b>${unlooked}</b> expected to be private</li>`}<li><b>${namespaces.length}</b> ${many(namespaces.length, 'namespace')}</li><li><b>${serious}</b> serious ${many(serious, 'finding')}</li></ul>`;
}

function simulatedNote(html: HtmlTemplate, { parts }: ReportDocument): Html | undefined {
  if (!('is' in parts.snapshot) || !parts.snapshot.is.host.simulated) return undefined;
  const scenario = parts.snapshot.is.host.scenario ?? 'unnamed';
  return html`<p class="banner"><b>This host is simulated</b> (scenario “${scenario}”). Nothing here was seen on a real Windows.</p>`;
}

/** That it is about the past is said before anything else, and what is missing of it. */
function pastNote(html: HtmlTemplate, past: ReportedMoment): Html {
  const { engine, fsd, watched, missing } = past;
  const sentences = [
    `The journal knew this at ${wordMomentEnd(past)}. Nothing was looked at for it, and much may be otherwise now.`,
    ...(watched ? [] : [timelineWords.moment.unwatched]),
    ...(fsd === undefined ? [] : [`The driver ${fsd.service} was ${fsd.state}.`]),
    ...(engine === undefined || engine === 'connected' ? [] : [`The engine was ${engine}.`]),
  ];
  return html`<div class="banner"><p><b>This report is about the past.</b> ${sentences.join(' ')}</p><p>What is missing:</p><ul>${missing.map(one => html`<li>${prose(one)}</li>`)}</ul></div>`;
}

function hostSection(html: HtmlTemplate, { parts }: ReportDocument): Html {
  const { past } = parts;
  return part(html, parts.snapshot, is => {
    const rows: readonly (readonly [string, string])[] = [
      ['Host', is.host.simulated ? `simulated, scenario "${is.host.scenario ?? 'unnamed'}"` : is.host.id],
      ['Machine', is.host.facts.machineName],
      ...(past === undefined ? wordHost(is) : wordKnownHost(past.host, past.fsd)),
    ];
    return html`<table><caption class="skip">Host</caption><tbody>${rows.map(([what, found]) => html`<tr><th scope="row">${what}</th><td>${found}</td></tr>`)}</tbody></table>`;
  });
}

function findingsSection(html: HtmlTemplate, findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p>None.</p>`;
  const shown = findings.slice(0, MOST).map(
    ({
      code,
      severity,
      summary,
      fix,
      command,
      accepted,
    }) => html`<section class="finding"><h3><span class="${severity === 'serious' ? 'bad' : severity === 'warning' ? 'doubt' : ''}">${severity}</span> ${code}</h3>
<p>${prose(summary)}</p><p>Fix: ${prose(fix)}</p>${command !== undefined && html`<pre>${command}</pre>`}${accepted !== undefined && html`<p>Accepted until ${accepted.until}: ${accepted.reason}</p>`}</section>`,
  );
  return html`${shown}${findings.length > MOST && html`<p>${formatCount(findings.length - MOST, 'finding')} more in the JSON.</p>`}`;
}

function policySection(html: HtmlTemplate, { parts: { policy } }: ReportDocument): Html {
  if (policy === undefined)
    return html`<p>The report was made without a policy: <code>siloscope report --policy FILE</code>.</p>`;
  const { violations, accepted, incomplete } = policy;
  const list = (of: typeof violations): Html =>
    html`<ul>${of.slice(0, MOST).map(({ summary }) => html`<li>${prose(summary)}</li>`)}</ul>${of.length > MOST && html`<p>${of.length - MOST} more in the JSON.</p>`}`;
  const none =
    incomplete.length === 0
      ? html`<span class="good">nothing violates it</span>`
      : html`<span class="bad">not everything could be looked at</span>; nothing that was seen violates it`;
  return html`<p>Judged by “${policy.name}”: ${violations.length === 0 ? none : html`<span class="bad">${wordViolations(violations.length, countExpected(violations))}</span>`}.</p>
${incomplete.length > 0 && html`<p>Could not be asked, volumes may be missing:</p><ul>${incomplete.slice(0, MOST).map(what => html`<li>${what}</li>`)}</ul>${incomplete.length > MOST && html`<p>${incomplete.length - MOST} more in the JSON.</p>`}`}
${violations.length > 0 && list(violations)}${accepted.length > 0 && html`<h3>Accepted</h3>${list(accepted)}`}`;
}

function journalSection(html: HtmlTemplate, entries: readonly JournalEntry[]): Html {
  if (entries.length === 0) return html`<p>Nothing.</p>`;
  return html`<table><caption class="skip">Journal</caption><thead><tr><th scope="col">Time</th><th scope="col">What happened</th><th scope="col">Kind</th></tr></thead><tbody>${entries.map(entry => html`<tr><td class="mono">${entry.at}</td><td>${prose(wordJournal(entry))}</td><td class="mono dim">${entry.what}</td></tr>`)}</tbody></table>`;
}

function methodSection(html: HtmlTemplate, { depth, parts: { past } }: ReportDocument): Html {
  const did =
    past === undefined
      ? `For this report ${didFor(depth).join('; ')}.`
      : 'For this report nothing was looked at: it tells what was in the journal by then. A claim that somebody tested has the time of that test; the others are what the rule says of what was noted.';
  return html`<p>${did}</p>
<p>Each claim carries the rank of its evidence, weakest first:</p>
<dl>${EVIDENCE_RANKS.map(rank => html`<dt><b>${rank}</b></dt><dd>${wordRank(rank)}</dd>`)}</dl>
<p>Documented by WinFsp: a volume with a UNC prefix is reached from the host. Inferred from sources, and marked with an asterisk: that it is reached from other containers, that the host's volumes are reached from containers, and which of several claimants of one class wins. This is about visibility, and no guarantee of security: process isolation is no security boundary.</p>
<ul>${SOURCES.map(([title, url]) => html`<li>${title}: <span class="mono">${url}</span></li>`)}</ul>`;
}

function didFor({ probe, canary, plainUnc }: ReportDocument['depth']): readonly string[] {
  return [
    'namespaces and volumes were listed',
    ...(probe ? ['each volume was opened from each namespace, by its provider'] : []),
    ...(canary ? ['a random token was written into each network volume, read back from outside, and deleted'] : []),
    ...(plainUnc ? ['plain UNC names were opened, which may use the network'] : []),
  ];
}

function reproduceSection(html: HtmlTemplate, { depth, parts }: ReportDocument): Html {
  const { policy, past } = parts;
  const host =
    'is' in parts.snapshot && parts.snapshot.is.host.simulated
      ? ` --scenario ${parts.snapshot.is.host.scenario ?? 'default'}`
      : '';
  const flags = `${depth.probe ? ' --probe' : ''}${depth.canary ? ' --canary' : ''}${depth.plainUnc ? ' --plain-unc' : ''}`;
  const at = past?.at ?? past?.entryAt;
  if (past !== undefined && at !== undefined) {
    const lines = [
      `siloscope journal --at ${at}${host}`,
      `siloscope journal --at ${at} --diff now${host}`,
      `siloscope report --at ${at}${policy === undefined ? '' : ` --policy ${policy.name}`}${host} --out report.html`,
    ];
    return html`<p>On the machine, and with the journal, of then; what is so today: <code>siloscope inspect${host}</code>.</p>${lines.map(line => html`<pre>${line}</pre>`)}`;
  }
  const lines = [
    `siloscope doctor${host}`,
    `siloscope inspect${flags}${policy === undefined ? '' : ` --policy ${policy.name}`}${host}`,
    `siloscope namespace \\Device${host}`,
    `siloscope report${flags}${host} --out report.html`,
  ];
  return html`${lines.map(line => html`<pre>${line}</pre>`)}`;
}

function dataSection(html: HtmlTemplate, { data: { json, sha256 }, redacted }: ReportDocument): Html {
  // Redacted and escaped as a whole: as a text of the page it would be cut.
  const href = new Html(`data:application/json;charset=utf-8,${escapeHtml(encodeURIComponent(json))}`);
  return html`<h2>Data</h2><p>SHA-256 of this report's JSON (${json.length} characters): <code>${sha256}</code></p>
${
  json.length <= LARGEST_LINK
    ? html`<p><a download="siloscope-report.json" href="${href}">Save the JSON</a></p>`
    : html`<p>It is too long to be in this file; <code>siloscope report --format json</code> writes one.</p>`
}
<p class="dim">${redacted ? 'Names of the machine and of users, accounts, addresses, secrets, labels and environments were taken out. UNC prefixes and file names stay.' : 'Secrets were taken out; names stay.'}</p>`;
}
