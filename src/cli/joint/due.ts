/** The steps that are due in a piece of work, a line each: what, by whom, until when. */
import { type DueStep, dueRoleNames, dueStepNames } from '../../joint/inside.js'
import { say } from './messages.js'

/** Bodies named in one line. */
const MAX_NAMED = 6

export const dueLines = (steps: readonly DueStep[], language: 'zh' | 'en'): readonly string[] =>
  steps.map((step) =>
    [titleOf(step), byOf(step, language), ...daysOf(step)].map((text) => text[language]).join(language === 'zh' ? '，' : ', '),
  )

const titleOf = ({ step, about }: DueStep) =>
  about === undefined
    ? say('cli.joint-due', { step: dueStepNames[step] })
    : say('cli.joint-due-about', { step: dueStepNames[step], about: about.name })

function byOf({ by }: DueStep, language: 'zh' | 'en') {
  if (typeof by === 'string') return say('cli.joint-due-by', { names: dueRoleNames[by] })
  const names = by
    .slice(0, MAX_NAMED)
    .map(({ name }) => name[language])
    .join(language === 'zh' ? '、' : ', ')
  return by.length > MAX_NAMED ? say('cli.joint-due-more', { names, count: by.length }) : say('cli.joint-due-by', { names })
}

const daysOf = ({ from, until, isLate }: DueStep) => [
  ...(from === undefined ? [] : [say('cli.joint-due-from', { day: from })]),
  ...(until === undefined ? [] : [say(isLate ? 'cli.joint-due-late' : 'cli.joint-due-until', { day: until })]),
]
