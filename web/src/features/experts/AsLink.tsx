import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { setPreference, usePreferences } from '@/shared/store/preferences'
import { formatSpan } from '@/shared/time/format'

const useStyles = makeStyles({
  hint: { display: 'block', paddingLeft: '32px', color: tokens.colorNeutralForeground2 },
})

/** Whether a question goes out with a link: where the server offers links, as the agent chose last. */
export function useAsLink(): boolean {
  const offered = useSnapshot((snapshot) => snapshot.limits.link_for_ms !== null)
  return usePreferences().as_link && offered
}

/** The choice; nothing where the server offers no links. */
export function AsLink() {
  const styles = useStyles()
  const link_for_ms = useSnapshot((snapshot) => snapshot.limits.link_for_ms)
  const as_link = useAsLink()
  if (link_for_ms === null) return null
  return (
    <div>
      <Checkbox label={t('ask.as_link')} checked={as_link} onChange={(_, { checked }) => setPreference('as_link', checked === true)} aria-describedby={as_link ? 'as-link-hint' : undefined} data-testid="ask-as-link" />
      {as_link && (
        <Text size={200} id="as-link-hint" className={styles.hint}>
          {t('ask.as_link_hint', { time: formatSpan(link_for_ms) })}
        </Text>
      )}
    </div>
  )
}
