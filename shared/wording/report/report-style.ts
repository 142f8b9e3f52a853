/** The report's looks: light and dark as the reader has it, black on white on paper, and nothing from outside. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1a19; --dim: #55524f; --line: #d2d0ce; --sheet: #ffffff; --soft: #f5f4f2; --bad: #a4262c; --badSoft: #fdecea; --good: #0b6a0b; --doubt: #835b00; --link: #0f5a9c; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --dim: #c8c6c4; --line: #484644; --sheet: #1f1e1d; --soft: #2a2928; --bad: #f1a9a5; --badSoft: #44201e; --good: #8fd18f; --doubt: #f0c66b; --link: #8cc2f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 24px; background: var(--sheet); color: var(--ink); font: 14px/1.5 "Segoe UI", system-ui, sans-serif; }
h1 { margin: 0; font-size: 26px; }
h2 { margin: 32px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 19px; }
h3 { margin: 20px 0 4px; font-size: 15px; overflow-wrap: anywhere; }
p { margin: 6px 0; max-width: 90ch; }
a { color: var(--link); }
code, pre, .mono { font-family: "Cascadia Mono", Consolas, ui-monospace, monospace; font-size: 12px; overflow-wrap: anywhere; }
pre { margin: 4px 0; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); white-space: pre-wrap; }
.dim { color: var(--dim); }
.bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
.doubt { color: var(--doubt); font-weight: 600; }
.banner { margin: 12px 0; padding: 10px 14px; border: 1px solid var(--line); border-left: 4px solid var(--doubt); background: var(--soft); }
.sums { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 14px 0; padding: 0; list-style: none; }
.sums b { font-size: 22px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--dim); font-size: 12px; }
tbody th { font-weight: 600; }
.matrix td { white-space: nowrap; }
.matrix td, .matrix thead th + th { padding-left: 10px; }
.matrix .leak { background: var(--badSoft); }
.rank { display: block; color: var(--dim); font-size: 11px; }
ol.chain { margin: 4px 0; padding-left: 0; list-style: none; }
ol.chain li { margin: 6px 0; padding-left: 12px; border-left: 2px solid var(--line); }
nav ul { columns: 2; margin: 8px 0; padding-left: 18px; }
section.volume, section.finding { break-inside: avoid-page; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 8px; background: var(--sheet); padding: 4px 8px; }
@media (forced-colors: active) { .matrix .leak { outline: 1px solid CanvasText; } }
@media print {
  :root { color-scheme: light; --ink: #000; --dim: #444; --line: #999; --sheet: #fff; --soft: #f5f5f5; --bad: #8a1015; --badSoft: #fbe9e7; --good: #0b5a0b; --doubt: #6b4a00; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-after: avoid; }
  h3, thead, tr, .banner { break-inside: avoid; }
  thead { display: table-header-group; }
  .skip, nav { display: none; }
  .wide { overflow: visible; }
  a { text-decoration: none; }
}
@page { margin: 16mm 14mm; @top-left { content: "Siloscope report"; font: 8pt sans-serif; color: #555; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; } }
`;
