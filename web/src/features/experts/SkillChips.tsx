import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import type { PersonView } from '@/shared/socket/types'
import { skillsToOffer } from './found'

const useStyles = makeStyles({
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
  },
})

type Props = { people: PersonView[]; chosen: string[]; choose: (skills: string[]) => void }

/** Skills by which the search is narrowed: those chosen, and those of the people who are found. */
export function SkillChips({ people, chosen, choose }: Props) {
  const styles = useStyles()
  const offered = skillsToOffer(people, chosen)
  if (offered.length === 0) return null
  return (
    <div className={styles.chips} role="group" aria-label={t('experts.skills')}>
      {offered.map((skill) => {
        const on = chosen.includes(skill)
        return (
          <ToggleButton key={skill} size="small" shape="circular" checked={on} onClick={() => choose(on ? chosen.filter((one) => one !== skill) : [...chosen, skill])} data-testid="skill-chip">
            {skill}
          </ToggleButton>
        )
      })}
    </div>
  )
}
