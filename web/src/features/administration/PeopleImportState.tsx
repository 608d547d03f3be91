import { Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords, errorWords } from '@/shared/i18n/words'
import { useNow } from '@/shared/time/clock'
import { formatFull, formatWhen } from '@/shared/time/format'
import type { PeopleImport, PeopleSource } from './queries'

const useStyles = makeStyles({
  state: { display: 'grid', gap: tokens.spacingVerticalXXS, minWidth: '180px', whiteSpace: 'normal' },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground2 },
})

type Props = { source: PeopleSource; showRefused: (of: PeopleImport) => void }

/** How the last import of a source went, or how far it is. */
export function PeopleImportState({ source, showRefused }: Props) {
  const styles = useStyles()
  const now = useNow(60_000)
  const last = source.last_import
  if (!last) return '–'
  const counts = [
    t('people.read', { count: last.read_count }),
    t('people.added', { count: last.added_count }),
    t('people.changed', { count: last.changed_count }),
    t('people.removed', { count: last.removed_count }),
  ]
  return (
    <div className={styles.state} data-testid="people-import" data-state={last.state}>
      <Text className={last.state === 'failed' ? styles.failed : undefined} title={formatFull(last.began_at)}>
        {codeWords('people.state', last.state)} · {formatWhen(last.began_at, now)}
      </Text>
      {last.state === 'running' && <ProgressBar aria-label={t('people.running', { source: source.name, count: last.read_count })} />}
      <Text size={200} className={styles.quiet}>
        {counts.join(' · ')}
      </Text>
      {last.error_code !== null && (
        <Text size={200} className={styles.failed}>
          {errorWords(last.error_code) ?? last.error_words}
        </Text>
      )}
      {last.refused_count > 0 && (
        <Link as="button" onClick={() => showRefused(last)} aria-label={`${t('people.refused', { count: last.refused_count })}: ${source.name}`} data-testid="people-refused">
          {t('people.refused', { count: last.refused_count })}
        </Link>
      )}
    </div>
  )
}
