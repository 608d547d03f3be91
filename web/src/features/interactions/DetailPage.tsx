import { Badge, Link as FluentLink, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiProblem, api, ask } from '@/api/client'
import type { InteractionDetail } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords, errorWords } from '@/shared/i18n/words'
import { timelineWords } from '@/shared/interaction/timeline'
import { formatClock, formatDuration, formatFull } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { Linked } from '@/shared/ui/links'
import { Page } from '@/shared/ui/page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Consult } from './Consult'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 7fr)',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'grid', gap: tokens.spacingVerticalM },
  title: { margin: '0 0 6px' },
  facts: { display: 'grid', gridTemplateColumns: 'minmax(90px, auto) minmax(0, 1fr)', gap: '4px 16px', margin: 0 },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  timeline: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: '4px' },
  entry: { display: 'grid', gridTemplateColumns: '72px minmax(0, 1fr)', gap: tokens.spacingHorizontalM },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  note: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

/** One interaction with everything that happened in it. */
export function DetailPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const detail = useQuery({
    queryKey: ['interaction', id],
    queryFn: () => ask(api.GET('/api/v1/interactions/{id}', { params: { path: { id } } })),
    staleTime: 0,
  })
  if (detail.isPending) return <Loading lines={10} />
  if (detail.isError) {
    const code = detail.error instanceof ApiProblem ? detail.error.code : 'internal'
    return <Failed words={errorWords(code) ?? t('error.internal')} retry={() => void detail.refetch()} />
  }
  // The description gives words such as states as text; the contract lists which there are.
  return <Detail detail={detail.data as InteractionDetail} />
}

function Detail({ detail }: { detail: InteractionDetail }) {
  const styles = useStyles()
  const back = (
    <Link to="/interactions">
      <FluentLink as="span">{t('detail.back')}</FluentLink>
    </Link>
  )
  return (
    <Page title={detail.caller_name ?? detail.caller_number} actions={<><Badge appearance="outline">{codeWords('interaction.state', detail.state)}</Badge>{back}</>}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Facts detail={detail} />
          <Attached detail={detail} />
          <Note detail={detail} />
        </div>
        <div className={styles.column}>
          <Consults detail={detail} />
          <Timeline detail={detail} />
        </div>
      </div>
    </Page>
  )
}

function Facts({ detail }: { detail: InteractionDetail }) {
  const styles = useStyles()
  const facts: [string, string][] = [
    [t('interactions.started'), formatFull(detail.started_at)],
    [t('interactions.caller'), `${detail.caller_number} → ${detail.dialled_number}`],
    [t('interactions.queue'), detail.queue_name],
    [t('interactions.asked'), detail.asked.map(({ name }) => name).join(', ') || '–'],
    [t('interactions.agent'), detail.agent_name ?? '–'],
    [t('interactions.wait'), formatDuration(detail.wait_ms)],
    [t('interactions.talk'), formatDuration(detail.talk_ms)],
    [t('interactions.hold'), formatDuration(detail.hold_ms)],
    [t('detail.end'), detail.end_reason ? codeWords('call.end_reason', detail.end_reason) : '–'],
    [t('interactions.disposition'), detail.disposition_name ?? '–'],
  ]
  return (
    <Card label={t('detail.facts')}>
      <dl className={styles.facts} data-testid="detail-facts">
        {facts.map(([term, value]) => (
          <Fact key={term} term={term} value={value} />
        ))}
      </dl>
    </Card>
  )
}

function Fact({ term, value }: { term: string; value: string }) {
  const styles = useStyles()
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>
        <Linked text={value} />
      </dd>
    </>
  )
}

function Attached({ detail }: { detail: InteractionDetail }) {
  const styles = useStyles()
  return (
    <Card label={t('attached.title')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('attached.title')}
      </Subtitle2>
      {detail.attached.length === 0 && <Empty title={t('attached.empty')} />}
      <dl className={styles.facts} data-testid="detail-attached">
        {detail.attached.map(({ key, label, value }) => (
          <Fact key={key} term={label} value={value === '' ? t('attached.hidden') : value} />
        ))}
      </dl>
    </Card>
  )
}

function Note({ detail }: { detail: InteractionDetail }) {
  const styles = useStyles()
  return (
    <Card label={t('wrap_up.note')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('wrap_up.note')}
      </Subtitle2>
      <Text block className={styles.note} data-testid="detail-note">
        {detail.note === '' ? t('detail.no_note') : <Linked text={detail.note} />}
      </Text>
    </Card>
  )
}

function Consults({ detail }: { detail: InteractionDetail }) {
  const styles = useStyles()
  const labels = new Map(detail.attached.map(({ key, label }) => [key, label]))
  return (
    <Card label={t('detail.consults')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('detail.consults')}
      </Subtitle2>
      {detail.consults.length === 0 && <Text>{t('detail.no_consults')}</Text>}
      {detail.consults.map((consult) => (
        <Consult key={consult.consult_id} consult={consult} labels={labels} />
      ))}
    </Card>
  )
}

function Timeline({ detail }: { detail: InteractionDetail }) {
  const styles = useStyles()
  return (
    <Card label={t('detail.timeline')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('detail.timeline')}
      </Subtitle2>
      <ol className={styles.timeline} data-testid="detail-timeline">
        {detail.timeline.map((entry, index) => (
          <li key={index} className={styles.entry} data-kind={entry.kind}>
            <time className={styles.time} title={formatFull(entry.at)}>
              {formatClock(entry.at)}
            </time>
            <Text>{timelineWords(entry)}</Text>
          </li>
        ))}
      </ol>
    </Card>
  )
}
