import { Checkbox, Field, Select } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { type Draft, FORMATS } from './request'

type Written = Pick<Draft, 'formats' | 'language' | 'paper'>
type Part = { draft: Written; change: (part: Partial<Written>) => void }

/** In which formats a report is written. */
export function Formats({ draft, change }: Part) {
  return (
    <Field label={t('reports.formats')}>
      <div role="group" aria-label={t('reports.formats')}>
        {FORMATS.map((format) => (
          <Checkbox
            key={format}
            label={format.toUpperCase()}
            checked={draft.formats.includes(format)}
            onChange={(_, { checked }) => change({ formats: FORMATS.filter((one) => (one === format ? checked === true : draft.formats.includes(one))) })}
            data-testid={`report-format-${format}`}
          />
        ))}
      </div>
    </Field>
  )
}

/** In which language, and on which paper. */
export function Writing({ draft, change }: Part) {
  return (
    <>
      <Field label={t('reports.language')}>
        <Select value={draft.language} onChange={(_, { value }) => change({ language: value === 'de' ? 'de' : 'en' })} data-testid="report-language">
          <option value="en">English</option>
          <option value="de">Deutsch</option>
        </Select>
      </Field>
      {draft.formats.includes('pdf') && (
        <Field label={t('reports.paper')}>
          <Select value={draft.paper} onChange={(_, { value }) => change({ paper: value === 'letter' ? 'letter' : 'a4' })}>
            <option value="a4">A4</option>
            <option value="letter">Letter</option>
          </Select>
        </Field>
      )}
    </>
  )
}
