import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect } from 'react'
import { useSnapshot } from '@/shared/desk/context'
import { useCurrent } from '@/shared/interaction/current'
import { keepTicksOf } from '@/shared/store/ticks'
import { AttachedData } from './AttachedData'
import { CallHeader } from './CallHeader'
import { Idle } from './Idle'
import { WrapUp } from './WrapUp'

const useStyles = makeStyles({
  middle: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
  },
})

/** The current interaction, or what there is to see without one. */
export function DeskMiddle() {
  const styles = useStyles()
  const interaction = useCurrent()
  const interactions = useSnapshot((snapshot) => snapshot.interactions)
  useEffect(() => keepTicksOf(interactions.map((one) => one.interaction_id)), [interactions])
  if (!interaction) return <Idle />
  return (
    <div className={styles.middle} data-testid="interaction" data-state={interaction.state}>
      <CallHeader interaction={interaction} />
      <AttachedData interaction={interaction} />
      <WrapUp key={interaction.interaction_id} interaction={interaction} />
    </div>
  )
}
