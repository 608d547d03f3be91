import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useConnection, useSnapshot } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import { useCurrent } from '@/shared/interaction/current'
import type { HelpedView, PersonView } from '@/shared/socket/types'
import { PersonLines, usePersonStyles } from './PersonRow'

const useStyles = makeStyles({
  title: { margin: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXS}` },
  about: { gridColumn: '2 / -1', color: tokens.colorBrandForeground1 },
})

const none: HelpedView[] = []

/** Who helped before with what the shown interaction is about. */
export function useHelped(): HelpedView[] {
  const connection = useConnection()
  const current = useCurrent()
  const interaction_id = current?.interaction_id ?? null
  const disposition_id = current?.wrap_up.disposition_id ?? null
  const ended = useSnapshot((snapshot) => snapshot.consults.filter((one) => one.state === 'ended').length)
  const { data } = useQuery({
    queryKey: ['helped', interaction_id, disposition_id, ended],
    queryFn: async () => (interaction_id === null ? none : (await connection.command('experts.helped', { interaction_id })).helped),
    enabled: interaction_id !== null,
    placeholderData: (old: HelpedView[] | undefined, query) => (query?.queryKey[1] === interaction_id ? old : undefined),
    retry: false,
  })
  return data ?? none
}

/** They, each a press away, with what they helped with. */
export function Helped({ choose }: { choose: (person: PersonView) => void }) {
  const styles = useStyles()
  const rows = usePersonStyles()
  const helped = useHelped()
  if (helped.length === 0) return null
  return (
    <section aria-label={t('helped.title')} data-testid="helped">
      <Subtitle2 as="h2" block className={styles.title}>
        {t('helped.title')}
      </Subtitle2>
      {helped.map(({ person, topic, count }) => (
        <button key={personKey(person.person)} type="button" className={rows.row} onClick={() => choose(person)}>
          <PersonLines view={person} searched="" />
          <Text size={200} className={styles.about}>
            {t('helped.count', { count, topic: topic.label === null ? topic.value : `${topic.label}: ${topic.value}` })}
          </Text>
        </button>
      ))}
    </section>
  )
}
