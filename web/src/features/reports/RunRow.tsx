import { Checkbox, Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { useNow } from '@/shared/time/clock'
import { formatFull, formatWhen } from '@/shared/time/format'
import { useTableStyles } from '@/shared/ui/table'
import { fileAddress, type ReportRun } from './queries'
import { RunActions } from './RunActions'

const useStyles = makeStyles({
  state: { display: 'grid', gap: tokens.spacingVerticalXXS, minWidth: '110px', maxWidth: '260px', whiteSpace: 'normal' },
  files: { display: 'flex', gap: tokens.spacingHorizontalM },
  wide: { maxWidth: '280px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

type Props = { run: ReportRun; title: string; named: boolean; ticked: boolean; tick: ((on: boolean) => void) | null }

/** A report that was asked for. */
export function RunRow({ run, title, named, ticked, tick }: Props) {
  const styles = useStyles()
  const table = useTableStyles()
  const now = useNow(60_000)
  const period = periodOf(run)
  return (
    <tr data-testid="report-run" data-state={run.state}>
      <td className={table.cell}>{tick && <Checkbox checked={ticked} onChange={(_, { checked }) => tick(checked === true)} aria-label={t('reports.select', { report: title, period })} />}</td>
      <td className={table.cell} title={title}>
        {title}
      </td>
      <td className={table.cell} title={`${period} (${run.time_zone})`}>
        {period}
      </td>
      <td className={table.cell} title={formatFull(run.requested_at)}>
        {formatWhen(run.requested_at, now)}
      </td>
      {named && <td className={table.cell}>{run.user_name}</td>}
      <td className={table.cell}>
        <State run={run} title={title} />
      </td>
      <td className={table.cell} title={run.expires_at === null ? undefined : t('reports.kept_until', { when: formatFull(run.expires_at) })}>
        <div className={styles.files}>
          {run.files
            .filter((file) => file.error_code === null)
            .map((file) => (
              <Link key={file.format} href={fileAddress(run.run_id, file.format)} download={file.name} aria-label={`${title}, ${period}: ${file.format.toUpperCase()}`} data-testid={`report-file-${file.format}`}>
                {file.format.toUpperCase()}
              </Link>
            ))}
        </div>
      </td>
      <td className={table.cell}>
        <RunActions run={run} title={title} />
      </td>
    </tr>
  )
}

function State({ run, title }: { run: ReportRun; title: string }) {
  const styles = useStyles()
  const missing = run.files.filter((file) => file.error_code !== null)
  const why = run.error_code ?? missing[0]?.error_code
  const words = why ? codeWords('reports.failure', why) : null
  return (
    <div className={styles.state}>
      <Text className={run.state === 'failed' ? styles.failed : undefined}>{codeWords('reports.state', run.state)}</Text>
      {run.state === 'running' && <ProgressBar value={run.progress / 100} aria-label={t('reports.progress', { report: title, percent: run.progress })} />}
      {words && (
        <Text size={200} className={styles.quiet}>
          {missing.length > 0 ? `${missing.map((file) => file.format.toUpperCase()).join(', ')}: ${words}` : words}
        </Text>
      )}
    </div>
  )
}

function periodOf({ from, to }: ReportRun): string {
  return from === to ? from : `${from} – ${to}`
}
