import { Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { DAYS, KINDS, type ScheduleDraft } from './schedule'
import { ZoneField } from './ZoneField'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, alignItems: 'end' },
})

type Props = { draft: ScheduleDraft; change: (part: Partial<ScheduleDraft>) => void }

/** When a schedule is due: a simple choice with its time, or a line of cron; and in which time zone. */
export function WhenFields({ draft, change }: Props) {
  const styles = useStyles()
  return (
    <>
      <div className={styles.row}>
        <Field label={t('schedules.when')}>
          <Select value={draft.kind} onChange={(_, { value }) => change({ kind: KINDS.find((kind) => kind === value) ?? 'daily' })} data-testid="schedule-kind">
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {codeWords('schedules.kind', kind)}
              </option>
            ))}
          </Select>
        </Field>
        {draft.kind === 'monthly' && <DayOfMonth draft={draft} change={change} />}
        {draft.kind === 'cron' ? (
          <Field label={t('schedules.cron')}>
            <Input value={draft.line} maxLength={100} onChange={(_, { value }) => change({ line: value })} data-testid="schedule-cron" />
          </Field>
        ) : (
          <Field label={t('schedules.at')}>
            <Input type="time" value={draft.at} onChange={(_, { value }) => change({ at: value })} data-testid="schedule-at" />
          </Field>
        )}
        <ZoneField zone={draft.time_zone} change={(time_zone) => change({ time_zone })} testId="schedule-zone" />
      </div>
      {draft.kind === 'weekly' && <DaysOfWeek draft={draft} change={change} />}
    </>
  )
}

function DayOfMonth({ draft, change }: Props) {
  return (
    <Field label={t('schedules.day')}>
      <Select value={String(draft.day)} onChange={(_, { value }) => change({ day: Number(value) })} data-testid="schedule-day">
        {Array.from({ length: 31 }, (_, index) => (
          <option key={index} value={index + 1}>
            {index + 1}
          </option>
        ))}
        <option value={0}>{t('schedules.last_day')}</option>
      </Select>
    </Field>
  )
}

function DaysOfWeek({ draft, change }: Props) {
  return (
    <Field label={t('schedules.days')}>
      <div role="group" aria-label={t('schedules.days')}>
        {DAYS.map((day) => (
          <Checkbox
            key={day}
            label={codeWords('schedules.short', day)}
            checked={draft.days.includes(day)}
            onChange={(_, { checked }) => change({ days: DAYS.filter((one) => (one === day ? checked === true : draft.days.includes(one))) })}
            data-testid={`schedule-${day}`}
          />
        ))}
      </div>
    </Field>
  )
}
