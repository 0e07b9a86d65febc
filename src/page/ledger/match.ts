/** Matches certificates and labels with a ledger, and shows which instruments may be used. Judges them by the stored documents. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { isTonghengError } from '../../base/error.js'
import { visible } from '../../base/visible.js'
import { verifyLabel } from '../../label/index.js'
import {
  type LedgerLabel,
  type LedgerLine,
  type LedgerStatement,
  type MatchList,
  match,
  matchTable,
  outcomesTable,
  tablesWorkbook,
  unmatchedTable,
  useWords,
} from '../../ledger/index.js'
import type { Page } from '../actions.js'
import { openKept } from '../holding.js'
import { fileSources, type Source, signedIn } from '../intake.js'
import { saveWorkbook, tableView } from './table.js'
import { type LEDGER_TEXTS, ledgerText } from './texts.js'

export interface Matching {
  /** Discards the answer; call it when the lines were read again. */
  forget(): void
  view(): TemplateResult
}

interface Answer {
  readonly list: MatchList
  /** Files without a readable statement, with the reason. */
  readonly unread: readonly string[]
}

/** @param lines returns the current lines */
export function createMatching(page: Page, name: string, dropped: readonly Source[], lines: () => readonly LedgerLine[]): Matching {
  let [sources, answer, isBusy]: [readonly Source[], Answer | undefined, boolean] = [dropped, undefined, false]
  const choose = (event: Event): void => {
    sources = [...sources, ...fileSources((event.target as HTMLInputElement).files)]
    answer = undefined
    page.set({})
  }
  const ask = async (): Promise<void> => {
    isBusy = true
    page.set({})
    try {
      answer = await matchSources(page, sources, lines())
    } finally {
      isBusy = false
      page.set({})
    }
  }
  const save = async ({ list }: Answer): Promise<void> => {
    const { language } = page.state
    const tables = [matchTable(list, language), unmatchedTable(list, language), outcomesTable(list, language)]
    saveWorkbook(await tablesWorkbook(tables), `${name}-match.xlsx`)
  }
  return {
    forget() {
      answer = undefined
    },
    view() {
      const { language, holding, region } = page.state
      const say = (key: keyof typeof LEDGER_TEXTS, params = {}): string => ledgerText(language, key, params)
      const isReady = holding !== undefined && region !== undefined
      return html`<h3 id="ledger-match">${say('match')}</h3>
        ${answer === undefined ? html`<p>${say(sources.length === 0 ? 'noCertificates' : isReady ? 'matchReady' : 'matchNeeds', { count: sources.length })}</p>` : answerView(answer, language)}
        <p class="row"><label class="button">${say('chooseCertificates')}<input type="file" multiple @change=${choose} /></label>
          ${sources.length === 0 ? nothing : html`<button ?disabled=${!isReady || isBusy} @click=${ask}>${say('matchNow', { count: sources.length })}</button>`}
          ${answer === undefined ? nothing : html`<button @click=${() => save(answer as Answer)}>${say('saveMatch')}</button>`}</p>`
    },
  }
}

function answerView({ list, unread }: Answer, language: 'zh' | 'en'): TemplateResult {
  const uses = (['usable', 'not-usable', 'undecided'] as const).map((use) => `${useWords[use][language]} ${list.counts[use]}`)
  const others = unmatchedTable(list, language)
  return html`<p>${uses.join(language === 'zh' ? '，' : ', ')}</p>
    ${tableView(matchTable(list, language), 'ledger-match', language)}
    ${others.rows.length === 0 ? nothing : html`<h3 id="ledger-unmatched">${others.name}</h3>${tableView(others, 'ledger-unmatched', language)}`}
    ${unread.length === 0 ? nothing : html`<ul class="lacking">${unread.map((one) => html`<li>${one}</li>`)}</ul>`}`
}

/** Judges the sources and matches them with the lines. Opens the documents again, because this module is in a separate build. */
async function matchSources(page: Page, sources: readonly Source[], lines: readonly LedgerLine[]): Promise<Answer | undefined> {
  const { holding, region, language } = page.state
  if (holding === undefined || region === undefined) return undefined
  const at = page.state.moment ?? page.now()
  const { opened } = await openKept(holding.kept, at)
  const options = { at, ...opened, policy: { region } }
  const [statements, labels, unread]: [LedgerStatement[], LedgerLabel[], string[]] = [[], [], []]
  for await (const one of signedIn(sources)) {
    if ('error' in one) unread.push(`${visible(one.name)}: ${isTonghengError(one.error) ? one.error.text[language] : String(one.error)}`)
    else if (one.isLabel) labels.push({ file: one.name, verdict: await verifyLabel(one.signed, options) })
    else statements.push({ file: one.name, signed: one.signed })
  }
  return { list: await match(lines, statements, options, labels), unread }
}
