import { Subtitle2, Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components'
import { Link, useParams } from '@tanstack/react-router'
import { t } from '@/shared/i18n/translate'
import { Page } from '@/shared/ui/page'
import { Empty, Loading } from '@/shared/ui/states'
import { AgentsGrid } from './AgentsGrid'
import { InteractionsGrid } from './InteractionsGrid'
import { Tiles } from './Tiles'
import { useFloor } from './useFloor'

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minHeight: '120px' },
  title: { margin: 0 },
})

/** One queue as it is now: its figures, every interaction in it, every agent of it. */
export function QueuePage() {
  const styles = useStyles()
  const { id } = useParams({ strict: false }) as { id: string }
  const floor = useFloor()
  const queue = floor?.queues.get(id)
  const back = (
    <Link to="/figures/activity">
      <FluentLink as="span">{t('floor.all_queues')}</FluentLink>
    </Link>
  )
  if (floor === null) return <Page title={t('floor.activity')}><Loading lines={8} /></Page>
  if (queue === undefined) return <Page title={t('floor.activity')} actions={back}><Empty title={t('floor.no_queue')}>{t('floor.no_queue_more')}</Empty></Page>
  const interactions = [...floor.interactions.values()].filter((one) => one.queue_id === id)
  const agents = [...floor.agents.values()].filter((agent) => agent.queues.some((of) => of.queue_id === id))
  return (
    <Page fill title={queue.name ?? ''} actions={back}>
      <Tiles queue={queue} />
      <div className={styles.part}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('nav.interactions')}
        </Subtitle2>
        {interactions.length === 0 ? <Empty title={t('floor.nobody_here')}>{t('floor.nobody_here_more')}</Empty> : <InteractionsGrid rows={interactions} floor={floor} />}
      </div>
      <div className={styles.part}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('floor.agents')}
        </Subtitle2>
        {agents.length === 0 ? <Empty title={t('floor.no_agents')}>{t('floor.no_agents_more')}</Empty> : <AgentsGrid rows={agents} floor={floor} queue={id} />}
      </div>
    </Page>
  )
}
