import { Button, Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { Ability, QueueRouting as Routing, QueueView } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { FormDialog } from '@/shared/ui/form-dialog'
import { Choices } from './Choices'
import { Loaded } from './Loaded'
import { abilitiesQuery, queueRoutingQuery } from './queries'
import { MAX_RINGS, QueueRings } from './QueueRings'
import { Whole } from './Whole'

const EVALUATIONS: Routing['evaluation'][] = ['all', 'best', 'none']
const SCORINGS: Routing['scoring'][] = ['conversation', 'priority']
const MAX_PRIORITY = 1000

const useStyles = makeStyles({ add: { justifySelf: 'start' }, more: { color: tokens.colorNeutralForeground2 } })

/** How a queue chooses among its agents and ranks among others. */
export function QueueRouting({ queue, close }: { queue: QueueView; close: () => void }) {
  const routing = useQuery(queueRoutingQuery(queue.queue_id))
  const abilities = useQuery(abilitiesQuery)
  return (
    <Loaded one={routing} other={abilities} title={t('routing.of', { queue: queue.name })} close={close}>
      {(saved, known) => <Form queue={queue} saved={saved} known={known} close={close} />}
    </Loaded>
  )
}

type Props = { queue: QueueView; saved: Routing; known: Ability[]; close: () => void }

function Form({ queue, saved, known, close }: Props) {
  const styles = useStyles()
  const [draft, setDraft] = useState(saved)
  const change = (part: Partial<Routing>) => setDraft((old) => ({ ...old, ...part }))
  const asked = known.filter((one) => one.active || draft.asks.includes(one.ability_id))
  const save = () => ask(api.PUT('/api/v1/queues/{id}/routing', { params: { path: { id: queue.queue_id } }, body: draft }))
  return (
    <FormDialog title={t('routing.of', { queue: queue.name })} save={save} close={close} refresh={['queue-routing']}>
      <Field label={t('routing.evaluation')} hint={codeWords('routing.evaluation_more', draft.evaluation)}>
        <Select value={draft.evaluation} onChange={(_, { value }) => change({ evaluation: value as Routing['evaluation'] })} data-testid="routing-evaluation">
          {EVALUATIONS.map((one) => (
            <option key={one} value={one}>
              {codeWords('routing.evaluation', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('routing.scoring')} hint={codeWords('routing.scoring_more', draft.scoring)}>
        <Select value={draft.scoring} onChange={(_, { value }) => change({ scoring: value as Routing['scoring'] })} data-testid="routing-scoring">
          {SCORINGS.map((one) => (
            <option key={one} value={one}>
              {codeWords('routing.scoring', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Whole label={t('floor.priority_minutes')} min={-MAX_PRIORITY} max={MAX_PRIORITY} value={draft.priority} change={(priority) => change({ priority })} />
      {asked.length === 0 ? (
        <Text>{t('ability.none_known')}</Text>
      ) : (
        <Choices label={t('routing.asks')} choices={asked.map(({ ability_id, name }) => ({ id: ability_id, name }))} chosen={draft.asks} change={(asks) => change({ asks })} />
      )}
      <Text className={styles.more}>{t('routing.rings_more')}</Text>
      <QueueRings rings={draft.rings} skills={known.filter((one) => one.kind === 'skill')} change={(rings) => change({ rings })} />
      {draft.rings.length < MAX_RINGS && (
        <Button className={styles.add} icon={<AddRegular />} onClick={() => change({ rings: [...draft.rings, { stay_ms: 30_000, drops: [] }] })} data-testid="ring-add">
          {t('routing.add_ring')}
        </Button>
      )}
    </FormDialog>
  )
}
