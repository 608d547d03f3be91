import { Field, Select } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { Several } from '@/shared/ui/several'
import { type About, takes } from './about'
import type { Report } from './queries'

type Props = { report: Report; about: About; change: (part: Partial<About>) => void; name: 'report' | 'schedule' }

/** What a report is narrowed down to, and how finely it is laid out; only what it has a use for. */
export function AboutFields({ report, about, change, name }: Props) {
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  const { queues = [], agents = [], dispositions = [], abilities = [] } = names.data ?? {}
  const several = [
    ['queue_ids', t('reports.queues'), queues.map((one) => ({ id: one.queue_id, name: one.name })), 'queues'],
    ['agent_ids', t('reports.agents'), agents.map((one) => ({ id: one.user_id, name: one.name })), 'agents'],
    ['disposition_ids', t('reports.dispositions'), dispositions.map((one) => ({ id: one.disposition_id, name: one.name })), 'dispositions'],
    ['ability_ids', t('reports.abilities'), abilities.map((one) => ({ id: one.ability_id, name: one.name })), 'abilities'],
  ] as const
  return (
    <>
      {report.grains.length > 0 && <GrainField report={report} about={about} change={change} name={name} />}
      {several.map(([parameter, label, choices, id]) => takes(report, parameter) && <Several key={parameter} label={label} choices={choices} chosen={about[parameter]} change={(chosen) => change({ [parameter]: chosen })} testId={`${name}-${id}`} />)}
      {report.media.length > 0 && (
        <Several
          label={t('reports.media')}
          choices={report.media.map((medium) => ({ id: medium, name: codeWords('reports.medium', medium) }))}
          chosen={about.media}
          change={(chosen) => change({ media: report.media.filter((medium) => chosen.includes(medium)) })}
          testId={`${name}-media`}
        />
      )}
    </>
  )
}

function GrainField({ report, about, change, name }: Props) {
  const chosen = report.grains.find((grain) => grain === about.grain) ?? report.grains[0]
  return (
    <Field label={t('figures.grain')}>
      <Select value={chosen} onChange={(_, { value }) => change({ grain: report.grains.find((grain) => grain === value) ?? null })} data-testid={`${name}-grain`}>
        {report.grains.map((grain) => (
          <option key={grain} value={grain}>
            {codeWords('figures.grain', grain)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
