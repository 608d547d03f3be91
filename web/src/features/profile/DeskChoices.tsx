import { Field, makeStyles, Select, Subtitle2, Switch, tokens } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { type Language, setLanguage, t } from '@/shared/i18n/translate'
import { sessionQuery } from '@/shared/session'
import { playChatTone } from '@/shared/sound/tones'
import { type Preferences, setPreference, type ThemeChoice, usePreferences } from '@/shared/store/preferences'
import { askForNotifications } from '@/shared/system-notification'
import { Card } from '@/shared/ui/card'

const useStyles = makeStyles({
  title: { margin: '0 0 8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, alignItems: 'end' },
})

const THEMES: ThemeChoice[] = ['system', 'light', 'dark', 'contrast']

/** Language, look, keys and sounds. */
export function DeskChoices() {
  const styles = useStyles()
  const chosen = usePreferences()
  return (
    <Card label={t('choices.title')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('choices.title')}
      </Subtitle2>
      <div className={styles.row}>
        <LanguageChoice />
        <Field label={t('theme.title')}>
          <Select value={chosen.theme} onChange={(_, { value }) => setPreference('theme', value as ThemeChoice)}>
            {THEMES.map((theme) => (
              <option key={theme} value={theme}>
                {t(`theme.${theme}`)}
              </option>
            ))}
          </Select>
        </Field>
        <RingDevice />
      </div>
      <div className={styles.row}>
        <Choice name="letter_keys" label={t('keys.letters')} />
        <Choice name="ring" label={t('choices.ring')} />
        <Choice name="chat_tone" label={t('choices.chat_tone')} tried={playChatTone} />
        <Choice name="notifications" label={t('choices.notifications')} tried={askForNotifications} />
      </div>
    </Card>
  )
}

type Switches = { [K in keyof Preferences]: Preferences[K] extends boolean ? K : never }[keyof Preferences]

function Choice({ name, label, tried }: { name: Switches; label: string; tried?: () => void }) {
  const chosen = usePreferences()
  const change = (on: boolean) => {
    setPreference(name, on)
    if (on) tried?.()
  }
  return <Switch label={label} checked={chosen[name]} onChange={(_, { checked }) => change(checked)} data-testid={`choice-${name}`} />
}

function LanguageChoice() {
  const queries = useQueryClient()
  const session = useQuery(sessionQuery)
  const save = useMutation({
    mutationFn: (language: Language | null) => ask(api.PUT('/api/v1/me/language', { body: { language } })),
    onMutate: (language) => {
      setLanguage(language)
      queries.setQueryData(sessionQuery.queryKey, (old) => (old ? { ...old, user: { ...old.user, language } } : old))
    },
  })
  return (
    <Field label={t('choices.language')}>
      <Select
        value={session.data?.user.language ?? ''}
        onChange={(_, { value }) => save.mutate(value === '' ? null : (value as Language))}
        data-testid="choice-language"
      >
        <option value="">{t('choices.language_browser')}</option>
        <option value="en">English</option>
        <option value="de">Deutsch</option>
      </Select>
    </Field>
  )
}

/** Which output rings; browsers name devices only after the microphone was allowed once. */
function RingDevice() {
  const chosen = usePreferences()
  const devices = useQuery({
    queryKey: ['audio-outputs'],
    queryFn: async () => {
      const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
      const all = (await media?.enumerateDevices()) ?? []
      return all.filter((device) => device.kind === 'audiooutput' && device.deviceId !== '' && device.deviceId !== 'default')
    },
  })
  if (!devices.data || devices.data.length === 0) return null
  return (
    <Field label={t('choices.ring_device')}>
      <Select value={chosen.ring_device} onChange={(_, { value }) => setPreference('ring_device', value)}>
        <option value="">{t('choices.ring_default')}</option>
        {devices.data.map((device) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || device.deviceId.slice(0, 8)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
