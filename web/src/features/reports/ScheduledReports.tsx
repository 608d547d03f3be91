import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { AddRegular, DeleteRegular } from '@fluentui/react-icons'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { ALL } from './about'
import { AboutFields } from './AboutFields'
import type { Report } from './queries'
import { PERIODS } from './request'
import { MOST_REPORTS, type ScheduledReport, type ScheduleDraft } from './schedule'

const RELATIVE = PERIODS.filter((period) => period !== 'days')

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
  add: { justifySelf: 'start' },
})

type Props = { draft: ScheduleDraft; change: (part: Partial<ScheduleDraft>) => void; library: Report[] }

/** The reports that a schedule makes together. */
export function ScheduledReports({ draft, change, library }: Props) {
  const styles = useStyles()
  const { reports } = draft
  const replace = (place: number, part: Partial<ScheduledReport>) => change({ reports: reports.map((one, at) => (at === place ? { ...one, ...part } : one)) })
  const add = () => change({ reports: [...reports, { report: library[0]?.name ?? '', period: 'yesterday', ...ALL }] })
  return (
    <>
      {reports.map((report, place) => (
        <div key={place} className={styles.row} role="group" aria-label={t('schedules.report_no', { no: String(place + 1) })}>
          <One report={report} library={library} change={(part) => replace(place, part)} />
          {reports.length > 1 && (
            <Button
              icon={<DeleteRegular />}
              appearance="subtle"
              aria-label={t('schedules.drop_report', { no: String(place + 1) })}
              onClick={() => change({ reports: reports.filter((_, at) => at !== place) })}
            />
          )}
        </div>
      ))}
      {reports.length < MOST_REPORTS && (
        <Button className={styles.add} icon={<AddRegular />} onClick={add} data-testid="schedule-add-report">
          {t('schedules.add_report')}
        </Button>
      )}
    </>
  )
}

type OneProps = { report: ScheduledReport; library: Report[]; change: (part: Partial<ScheduledReport>) => void }

function One({ report, library, change }: OneProps) {
  const known = library.find(({ name }) => name === report.report)
  return (
    <>
      <Field label={t('reports.name')}>
        <Select value={report.report} onChange={(_, { value }) => change({ report: value })} data-testid="schedule-report">
          {library.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('reports.period')}>
        <Select value={report.period} onChange={(_, { value }) => change({ period: RELATIVE.find((one) => one === value) ?? 'yesterday' })} data-testid="schedule-period">
          {RELATIVE.map((period) => (
            <option key={period} value={period}>
              {codeWords('reports.period', period)}
            </option>
          ))}
        </Select>
      </Field>
      {known && <AboutFields report={known} about={{ ...ALL, ...report }} change={change} name="schedule" />}
    </>
  )
}
