/** The page's style: for A4 and Letter, in black and white, and for a screen. */
export const PAGE_STYLE = `
:root { --ink: #111; --soft: #555; --line: #bbb; --wash: #f2f2f2; }
* { box-sizing: border-box; }
html { font: 10.5pt/1.45 "Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; color: var(--ink); background: #fff; }
body { max-width: 178mm; margin: 12mm auto; padding: 0 6mm; }
h1 { font-size: 22pt; line-height: 1.15; letter-spacing: -0.01em; margin: 0; }
h2 { font-size: 12.5pt; margin: 9mm 0 2.5mm; padding-top: 2mm; border-top: 1.4pt solid var(--ink); break-after: avoid; }
h3 { font-size: 10.5pt; margin: 5mm 0 1.5mm; break-after: avoid; }
p { margin: 0 0 2mm; }
ul, ol { margin: 0; padding: 0; list-style: none; }
code, .code { font-family: "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: 8pt; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.band { display: flex; justify-content: space-between; gap: 6mm; padding: 2mm 3.5mm; margin-bottom: 6mm; font-size: 9pt; letter-spacing: 0.06em; text-transform: uppercase; font-weight: 600; border: 1.4pt solid var(--ink); -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.band.live { background: var(--ink); color: #fff; }
.band.other { background: repeating-linear-gradient(-45deg, #fff 0 2.2mm, #e4e4e4 2.2mm 4.4mm); }
.band span { background: inherit; }
.band.other span { background: #fff; padding: 0 2mm; }
.when { margin: 1.5mm 0 0; color: var(--soft); }
.summary { margin: 6mm 0 0; border: 0.8pt solid var(--ink); padding: 3.5mm 4.5mm; break-inside: avoid; }
.summary li { padding: 0.7mm 0 0.7mm 6mm; text-indent: -6mm; }
.mark { display: inline-block; width: 6mm; text-indent: 0; font-weight: 700; }
.summary .bad { font-weight: 600; }
dl { display: grid; grid-template-columns: 32mm 1fr; gap: 1mm 4mm; margin: 0 0 2mm; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 0 0 2mm; font-size: 9.5pt; }
th { text-align: left; font-weight: 600; font-size: 8.5pt; color: var(--soft); border-bottom: 0.8pt solid var(--ink); padding: 1mm 3mm 1mm 0; vertical-align: bottom; }
td { border-bottom: 0.4pt solid var(--line); padding: 1.3mm 3mm 1.3mm 0; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.nowrap { white-space: nowrap; font-variant-numeric: tabular-nums; }
.address { font-family: "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: 9.5pt; overflow-wrap: normal; word-spacing: 0.15em; }
.people { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm 10mm; }
.person { break-inside: avoid; }
.person .line { height: 14mm; border-bottom: 0.8pt solid var(--ink); margin-bottom: 1mm; }
.person .under { display: flex; justify-content: space-between; font-size: 8pt; color: var(--soft); }
.head { display: grid; grid-template-columns: 1fr 34mm; gap: 6mm; align-items: start; break-inside: avoid; }
.head svg { width: 34mm; height: 34mm; display: block; }
.words { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.6mm 3mm; margin: 2mm 0 0; font-size: 10.5pt; }
.words li { white-space: nowrap; }
.words b { display: inline-block; width: 7mm; font-weight: 400; font-size: 8pt; color: var(--soft); text-align: right; margin-right: 1.5mm; font-variant-numeric: tabular-nums; }
.note { border-left: 1.4pt solid var(--ink); padding-left: 3mm; margin: 0 0 2mm; }
.log td { font-size: 8.5pt; padding-top: 0.7mm; padding-bottom: 0.7mm; }
.keep { break-inside: avoid; }
@media print {
  body { margin: 0; padding: 0 0.4mm; max-width: none; }
  .sheet { break-after: page; }
}
@page {
  margin: 17mm 16mm 18mm;
  @bottom-left { content: "Breakglass session record"; font: 8pt Helvetica, Arial, "Liberation Sans", sans-serif; color: #555; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Helvetica, Arial, "Liberation Sans", sans-serif; color: #555; }
}
`;
