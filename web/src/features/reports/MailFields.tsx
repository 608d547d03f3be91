import { Field, Radio, RadioGroup, Switch, Textarea } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import type { ScheduleDraft } from './schedule'

type Props = { draft: ScheduleDraft; change: (part: Partial<ScheduleDraft>) => void }

/** Whether the reports are sent by e-mail, to whom, and how. */
export function MailFields({ draft, change }: Props) {
  return (
    <>
      <Switch label={t('schedules.mailed')} checked={draft.mailed} onChange={(_, { checked }) => change({ mailed: checked })} data-testid="schedule-mailed" />
      {draft.mailed && (
        <>
          <Field label={t('schedules.addresses')} hint={t('schedules.addresses_hint')} required>
            <Textarea value={draft.addresses} maxLength={4000} rows={2} onChange={(_, { value }) => change({ addresses: value })} data-testid="schedule-addresses" />
          </Field>
          <Field label={t('schedules.form')}>
            <RadioGroup value={draft.form} layout="horizontal" onChange={(_, { value }) => change({ form: value === 'link' ? 'link' : 'attachment' })}>
              <Radio value="attachment" label={t('schedules.form.attachment')} />
              <Radio value="link" label={t('schedules.form.link')} data-testid="schedule-link" />
            </RadioGroup>
          </Field>
        </>
      )}
    </>
  )
}
