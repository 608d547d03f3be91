import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useAct } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, HuntView, PersonView } from '@/shared/socket/types'
import { PresenceLine } from './PersonRow'

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    maxHeight: '45%',
    overflowY: 'auto',
    flexShrink: 0,
  },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flex: 1, minWidth: '150px' },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  person: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  lines: { display: 'grid', minWidth: 0 },
  muted: { color: tokens.colorNeutralForeground2 },
})

/** A hunt that is on: who is still to be asked and who was skipped, with ways to stop, jump and add. */
export function HuntPanel({ consult, hunt, add }: { consult: ConsultView; hunt: HuntView; add: () => void }) {
  const styles = useStyles()
  const act = useAct()
  const { consult_id } = consult
  const asked = consult.invitations.length - hunt.first_invitation
  const jump = (view: PersonView) => void act('consult.hunt_jump', { consult_id, person: view.person })
  return (
    <section className={styles.panel} aria-label={t('hunt.title')} data-testid="hunt">
      <div className={styles.row}>
        <Text weight="semibold" className={styles.title} role="status">
          {t(`hunt.on.${hunt.mode}`, { count: asked, all: asked + hunt.waiting.length })}
        </Text>
        <Button size="small" onClick={add} data-testid="hunt-add">
          {t('hunt.add')}
        </Button>
        <Button size="small" appearance="primary" onClick={() => void act('consult.hunt_stop', { consult_id })} data-testid="hunt-stop">
          {t('hunt.stop')}
        </Button>
      </div>
      <ol className={styles.list} aria-label={t('hunt.waiting')}>
        {hunt.waiting.map((view) => (
          <Step key={personKey(view.person)} view={view} press={t('hunt.jump')} jump={jump}>
            <PresenceLine view={view} />
          </Step>
        ))}
      </ol>
      <ul className={styles.list} aria-label={t('hunt.skipped')}>
        {hunt.skipped.map(({ person, reason }) => (
          <Step key={personKey(person.person)} view={person} press={t('hunt.anyway')} jump={jump}>
            <Text size={200} className={styles.muted}>
              {t('hunt.skipped_because', { reason: t(`hunt.skip.${reason}`) })}
            </Text>
          </Step>
        ))}
      </ul>
    </section>
  )
}

type StepProps = { view: PersonView; press: string; jump: (view: PersonView) => void; children: React.ReactNode }

function Step({ view, press, jump, children }: StepProps) {
  const styles = useStyles()
  return (
    <li className={styles.person}>
      <span className={styles.lines}>
        <Text>{view.name}</Text>
        {children}
      </span>
      <Button size="small" appearance="subtle" onClick={() => jump(view)} aria-label={`${press}: ${view.name}`}>
        {press}
      </Button>
    </li>
  )
}
