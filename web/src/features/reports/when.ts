import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { Schedule } from './schedule'

/** When a schedule is due, in words. */
export function whenWords(when: Schedule['when']): string {
  switch (when.kind) {
    case 'weekly':
      return t('schedules.words.weekly', { days: when.days.map((day) => codeWords('schedules.short', day)).join(', '), at: when.at })
    case 'monthly':
      return when.day == null ? t('schedules.words.last_day', { at: when.at }) : t('schedules.words.monthly', { day: String(when.day), at: when.at })
    case 'cron':
      return when.line
    default:
      return t(`schedules.words.${when.kind}`, { at: when.at })
  }
}
