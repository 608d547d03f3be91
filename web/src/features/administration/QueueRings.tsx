import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import type { Ability, QueueRing } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { Choices } from './Choices'
import { Whole } from './Whole'

/** Most rings of a queue. */
export const MAX_RINGS = 6
const MAX_STAY_S = 3600

const useStyles = makeStyles({
  ring: { display: 'grid', gap: tokens.spacingVerticalS, borderLeft: `2px solid ${tokens.colorNeutralStroke1}`, paddingLeft: tokens.spacingHorizontalM },
  head: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: tokens.spacingHorizontalM, alignItems: 'end' },
})

type Props = { rings: QueueRing[]; skills: Ability[]; change: (rings: QueueRing[]) => void }

/** The rings of bullseye routing: how long an interaction stays in each, and which skills it asks for no longer after it. */
export function QueueRings({ rings, skills, change }: Props) {
  const styles = useStyles()
  const set = (index: number, part: Partial<QueueRing>) => change(rings.map((ring, at) => (at === index ? { ...ring, ...part } : ring)))
  return rings.map(({ stay_ms, drops }, index) => {
    const number = index + 1
    const offered = skills.filter((one) => one.active || drops.includes(one.ability_id))
    return (
      <div key={index} className={styles.ring} role="group" aria-label={t('routing.ring', { number })} data-testid="ring">
        <div className={styles.head}>
          <Whole label={t('routing.stay', { number })} min={1} max={MAX_STAY_S} value={stay_ms / 1000} change={(seconds) => set(index, { stay_ms: seconds * 1000 })} />
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={`${t('admin.remove')}: ${t('routing.ring', { number })}`}
            onClick={() => change(rings.filter((_, at) => at !== index))}
          />
        </div>
        <Choices label={t('routing.drops', { number })} choices={offered.map(({ ability_id, name }) => ({ id: ability_id, name }))} chosen={drops} change={(next) => set(index, { drops: next })} />
      </div>
    )
  })
}
