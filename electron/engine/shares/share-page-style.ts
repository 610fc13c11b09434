/** The look of a share's page: black on white, for printers, A4 or Letter. Nothing is loaded from anywhere. */
export const SHARE_PAGE_STYLE = `
@page { size: A4; margin: 16mm 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 174mm; color: #000; background: #fff; font: 10.5pt/1.45 system-ui, sans-serif; }
header { border-bottom: 1.5pt solid #000; padding-bottom: 3mm; margin-bottom: 4mm; }
h1 { font-size: 22pt; line-height: 1.1; margin: 0 0 2mm; }
h1 span { font-weight: 400; }
.rule { font-size: 12pt; margin: 0; }
table { width: 100%; border-collapse: collapse; margin-bottom: 4mm; }
th { text-align: left; font-weight: 600; width: 30mm; padding: 1mm 3mm 1mm 0; vertical-align: top; white-space: nowrap; }
td { padding: 1mm 0; font-family: ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
td.blank { border-bottom: 0.75pt solid #000; height: 7mm; }
.codes { display: flex; flex-wrap: wrap; gap: 4mm; margin-bottom: 4mm; }
figure { margin: 0; width: 55mm; text-align: center; break-inside: avoid; }
figure svg { width: 100%; height: auto; display: block; }
figcaption { font-size: 9pt; }
pre { margin: 0 0 4mm; padding: 3mm; border: 0.75pt solid #000; orphans: 5; widows: 5;
  font: 10.5pt/1.7 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
pre.long { columns: 2; column-gap: 4mm; padding: 3mm 2mm; font-size: 7pt; white-space: pre; }
ol { margin: 0 0 6mm; padding-left: 5mm; }
li { margin-bottom: 1mm; }
@media screen { body { padding: 10mm 0; } }
footer { margin-bottom: 6mm; display: grid; grid-template-columns: 1fr 1fr; gap: 12mm 8mm; padding-top: 10mm; break-inside: avoid; }
footer div { border-top: 0.75pt solid #000; padding-top: 1mm; font-size: 9pt; }
`;
