import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatFull, formatWhen } from '@/shared/time/format'
import type { Schedule } from './schedule'

const useStyles = makeStyles({
  lines: { display: 'grid' },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** When a schedule was due last, and what became of its reports. */
export function LastFire({ fire, now }: { fire: Schedule['last_fire']; now: number }) {
  const styles = useStyles()
  if (!fire) return <>–</>
  const states = [...new Set(fire.runs.map(({ state }) => state))]
  const words = states.map((state) => {
    const count = fire.runs.filter((run) => run.state === state).length
    return fire.runs.length > 1 ? `${count} × ${codeWords('reports.state', state)}` : codeWords('reports.state', state)
  })
  return (
    <div className={styles.lines} title={formatFull(fire.due_at)}>
      {formatWhen(fire.due_at, now)}
      <Text size={200} className={states.includes('failed') ? styles.failed : styles.quiet} data-testid="schedule-last">
        {words.join(', ') || t('schedules.removed')}
      </Text>
    </div>
  )
}

/** To whom a schedule's reports go, and what became of the last mails. */
export function LastMails({ schedule }: { schedule: Schedule }) {
  const styles = useStyles()
  const mails = schedule.last_fire?.mails ?? []
  if (mails.length === 0) return <>{schedule.mail ? schedule.mail.addresses.join(', ') : '–'}</>
  return (
    <div className={styles.lines}>
      {mails.map((mail) => {
        const why = mail.error_code ? codeWords('schedules.mail_failure', mail.error_code) : null
        return (
          <div key={mail.address} className={styles.lines} title={mail.error_words ?? mail.address}>
            {mail.address}
            <Text size={200} className={mail.state === 'failed' ? styles.failed : styles.quiet} data-testid="schedule-mail">
              {[codeWords('schedules.mail_state', mail.state), why].filter(Boolean).join(': ')}
            </Text>
          </div>
        )
      })}
    </div>
  )
}
