import type { DirectoryView } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatDay } from '@/shared/time/format'
import { DURATIONS, type FilterText } from './filters'

type Names = Partial<DirectoryView>

const USUAL = ['from', 'to', 'agent', 'queue', 'disposition', 'consult', 'number', 'text'] as const
const ABILITIES = ['skill', 'language'] as const
const FLAGS = ['answered', 'held', 'note'] as const

/** The filters that are set, as name and value in words: for files. */
export function filterLines(filters: FilterText, names: Names): [string, string][] {
  const line = (filter: keyof FilterText, name: string): [string, string][] => {
    const value = filters[filter]
    return value ? [[name, wordsOf(filter, value, names)]] : []
  }
  return [
    ...USUAL.flatMap((filter) => line(filter, t(`interactions.${filter}`))),
    ...ABILITIES.flatMap((kind) => line(kind, codeWords('ability.one', kind))),
    ...FLAGS.flatMap((flag) => line(flag, codeWords('interactions.flag', flag))),
    ...durationLines(filters),
  ]
}

function wordsOf(filter: keyof FilterText, value: string, { agents = [], queues = [], dispositions = [], abilities = [] }: Names): string {
  switch (filter) {
    case 'from':
    case 'to':
      return formatDay(value)
    case 'agent':
      return agents.find((one) => one.user_id === value)?.name ?? value
    case 'queue':
      return queues.find((one) => one.queue_id === value)?.name ?? value
    case 'disposition':
      return dispositions.find((one) => one.disposition_id === value)?.name ?? value
    case 'skill':
    case 'language':
      return abilities.find((one) => one.ability_id === value)?.name ?? value
    case 'consult':
      return t(value === 'yes' ? 'interactions.with_consult' : 'interactions.without_consult')
    case 'answered':
    case 'held':
    case 'note':
      return t(value === 'yes' ? 'yes' : 'no')
    default:
      return value
  }
}

/** From how many seconds to how many the duration lasts. */
function durationLines({ duration, least, most }: FilterText): [string, string][] {
  const known = DURATIONS.find((one) => one === duration)
  const ends = [least && `≥ ${least} s`, most && `≤ ${most} s`].filter(Boolean)
  return known && ends.length > 0 ? [[codeWords('interactions.duration', known), ends.join(', ')]] : []
}
