import { ApiProblem } from '@/api/client'
import { t } from './translate'
import { errorWords } from './words'

/** The words for a problem, with the fields that the server names. */
export function problemWords(problem: Error): string {
  if (!(problem instanceof ApiProblem)) return t('error.internal')
  const words = errorWords(problem.code) ?? problem.message
  const fields = problem.errors.map(({ field, message }) => `${field}: ${message}`)
  return [words, ...fields].join(' ')
}
