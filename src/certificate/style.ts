/** The style sheet of the HTML: one column on a screen, A4 on paper, with the heads of tables repeated on every page. */
import { styleSourceOf } from '../base/html-file.js'

export const STYLE = `
:root{--ink:#1b2430;--soft:#4a5663;--line:#c3cad1;--accent:#7a1f1f}
*{box-sizing:border-box}
body{margin:0;background:#eef1f4;color:var(--ink);font:15px/1.65 "Noto Serif SC","Source Han Serif SC","Songti SC",SimSun,serif;text-align:start;line-break:strict;overflow-wrap:anywhere}
main{max-width:210mm;margin:0 auto;background:#fff;padding:16mm 18mm}
header{text-align:center;border-bottom:2px solid var(--accent);margin-bottom:8mm;padding-bottom:5mm}
.issuer{margin:0;font-size:19px;letter-spacing:.06em}
h1{margin:3mm 0;font-size:32px;font-weight:700;letter-spacing:.35em;text-indent:.35em}
h1 .en,h2 .en,dt .en,th .en,caption .en{display:block;letter-spacing:normal;text-indent:0;font-weight:400;font-size:.62em;color:var(--soft)}
dt .en,th .en,caption .en{font-size:.8em}
dd .en,td .en,p .en{display:block;color:var(--soft);font-size:.9em}
.number{margin:0;font-size:16px}
.draft{margin:0 0 6mm;padding:2mm 4mm;border:2px solid var(--accent);color:var(--accent);text-align:center;font-weight:700}
h2{font-size:17px;margin:8mm 0 3mm;padding-inline-start:3mm;border-inline-start:4px solid var(--accent);line-height:1.35;break-after:avoid}
dl{margin:0 0 6mm;display:grid;gap:0;border-top:1px solid var(--line)}
dl>div{display:grid;grid-template-columns:13em 1fr;gap:4mm;padding:1.6mm 0;border-bottom:1px solid var(--line);break-inside:avoid}
dt{color:var(--soft)}
dd{margin:0;font-weight:500;white-space:pre-line}
p{white-space:pre-line}
.table{overflow-x:auto;margin:0 0 3mm}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
caption{text-align:start;font-weight:700;padding:2mm 0;break-after:avoid}
th,td{overflow-wrap:break-word;border:1px solid var(--line);padding:1.2mm 2mm;text-align:center;vertical-align:middle}
th{background:#f4f6f8;font-weight:600}
.n{white-space:nowrap}
thead{display:table-header-group}
tr{break-inside:avoid}
th{min-width:4.2em}
table.wide th{min-width:0}table.wide{font-size:12px}table.wide td,table.wide th{padding:1mm}
.note{margin:0 0 2mm;font-size:13px;color:var(--soft)}
figure{margin:4mm 0;text-align:center;break-inside:avoid}
figure.code figcaption{font-weight:400;color:var(--soft)}
figcaption{font-size:13.5px;font-weight:700}
figure svg{max-width:100%;height:auto}
figure.code svg{max-width:none}
footer{margin-top:10mm;border-top:1px solid var(--line);padding-top:3mm;font-size:12.5px;color:var(--soft)}
.end{text-align:center;margin:0}
.id{margin:0 0 2mm}
code{font-family:ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
:focus-visible{outline:3px solid #1f5f99;outline-offset:2px}
@media (max-width:640px){main{padding:6mm 5mm}h1{font-size:25px}dl>div{grid-template-columns:1fr;gap:0}td,th{min-width:5em}td.w{min-width:12em}table.wide td,table.wide th{min-width:4em}}
@page{size:A4;margin:18mm 16mm}
@media print{body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}.inner{break-before:page}.table{overflow:visible}table{font-size:9.5pt}table.wide{font-size:7.5pt}}
`

/** CSP source of the style sheet, for the policy of a page that shows a certificate. */
export const styleSource = (): string => styleSourceOf(STYLE)
