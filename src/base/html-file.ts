/** A self-contained HTML file: its own style sheet and nothing else, under a content security policy in the file. */
import { digestText } from '#native'

export interface HtmlFile {
  readonly lang: string
  /** Markup: text from outside must be escaped already. */
  readonly title: string
  readonly style: string
  /** Markup of the body. */
  readonly body: string
}

/** Source expression of a policy that allows this style and no other (CSP 3, 2.3.1). */
export const styleSourceOf = (style: string): string => `'sha256-${digestText(style).replaceAll('-', '+').replaceAll('_', '/')}='`

/** No script, no reference, and no style but its own. */
export function writeHtmlFile({ lang, title, style, body }: HtmlFile): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${styleSourceOf(style)}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}
