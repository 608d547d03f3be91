import { ApiProblem } from '@/api/client'
import { t } from './translate'
import { errorWords } from './words'

/** The words for a problem, and with which field it is; the server's own where the catalogue has none, which name the fields. */
export function problemWords(problem: Error): string {
  if (!(problem instanceof ApiProblem)) return t('error.internal')
  const words = errorWords(problem.code)
  return words === null ? problem.message : [words, ...problem.errors.map(({ field }) => field)].join(' ')
}
