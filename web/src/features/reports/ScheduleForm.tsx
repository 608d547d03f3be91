import { Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import { t, useLanguage } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { MailFields } from './MailFields'
import type { Report } from './queries'
import { type Schedule, type ScheduleDraft, scheduleDraft, scheduleRequest } from './schedule'
import { ScheduledReports } from './ScheduledReports'
import { WhenFields } from './WhenFields'
import { Formats, Writing } from './WritingFields'

const useStyles = makeStyles({ row: { display: 'flex', flexWrap: 'wrap', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, alignItems: 'end' } })

type Props = { schedule: Schedule | null; library: Report[]; close: () => void }

/** What a schedule makes, when, and to whom it goes. */
export function ScheduleForm({ schedule, library, close }: Props) {
  const styles = useStyles()
  const language = useLanguage()
  const [draft, setDraft] = useState(() => scheduleDraft(schedule, library[0], language))
  const change = (part: Partial<ScheduleDraft>) => setDraft((old) => ({ ...old, ...part }))
  const save = (): Promise<unknown> => {
    const body = scheduleRequest(draft, library)
    if (!schedule) return ask(api.POST('/api/v1/reports/schedules', { body }))
    return ask(api.PATCH('/api/v1/reports/schedules/{id}', { params: { path: { id: schedule.schedule_id } }, body }))
  }
  return (
    <FormDialog title={t(schedule ? 'schedules.change' : 'schedules.add')} save={save} close={close} refresh={['report-schedules']}>
      <Field label={t('schedules.name')} required>
        <Input value={draft.name} maxLength={100} onChange={(_, { value }) => change({ name: value })} data-testid="schedule-name" />
      </Field>
      <WhenFields draft={draft} change={change} />
      <ScheduledReports draft={draft} change={change} library={library} />
      <div className={styles.row}>
        <Formats draft={draft} change={change} />
        <Writing draft={draft} change={change} />
      </div>
      <MailFields draft={draft} change={change} />
    </FormDialog>
  )
}
