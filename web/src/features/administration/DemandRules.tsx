import { Button, Input, Select } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { Ability, DemandRule } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { useTableStyles } from '@/shared/ui/table'
import { AbilitySelect } from './AbilitySelect'
import { abilitiesQuery, demandRulesQuery } from './queries'
import { type RowProps, RowsEditor } from './RowsEditor'

const SOURCES: DemandRule['source'][] = ['attached', 'dialled']
const BLANK: DemandRule = { source: 'attached', key: '', value: '', ability_id: '' }

/** By which attached data and dialled numbers interactions ask for skills and languages. */
export function DemandRules() {
  const rules = useQuery(demandRulesQuery)
  const abilities = useQuery(abilitiesQuery)
  if (rules.isPending || abilities.isPending) return <Loading />
  const again = () => void Promise.all([rules.refetch(), abilities.refetch()])
  if (rules.isError || abilities.isError) return <Failed words={t('admin.failed')} retry={again} />
  if (abilities.data.length === 0) return <Empty title={t('ability.none_known')} />
  return <Editor key={JSON.stringify(rules.data)} saved={rules.data.rules} known={abilities.data} />
}

function Editor({ saved, known }: { saved: DemandRule[]; known: Ability[] }) {
  return (
    <RowsEditor
      label={t('admin.demand_rules')}
      more={t('demand.more')}
      empty={t('demand.empty')}
      columns={[t('demand.source'), t('admin.key'), t('demand.value'), t('demand.asks'), t('admin.remove')]}
      saved={saved}
      blank={BLANK}
      add={t('demand.add')}
      isComplete={(rule) => rule.ability_id !== ''}
      save={(rules) => ask(api.PUT('/api/v1/settings/demand-rules', { body: { rules } }))}
      queryKey={demandRulesQuery.queryKey}
      row={(row) => <RuleRow key={row.number} known={known} {...row} />}
      testId="demand"
    />
  )
}

function RuleRow({ value: rule, number, known, change, remove }: RowProps<DemandRule> & { known: Ability[] }) {
  const table = useTableStyles()
  const words = (name: string) => `${name}: ${t('demand.rule', { number })}`
  const choose = (source: string) => change(source === 'dialled' ? { source, key: '' } : { source: 'attached' })
  return (
    <tr data-testid="demand-rule">
      <td className={table.cell}>
        <Select aria-label={words(t('demand.source'))} value={rule.source} onChange={(_, { value }) => choose(value)}>
          {SOURCES.map((one) => (
            <option key={one} value={one}>
              {codeWords('demand.from', one)}
            </option>
          ))}
        </Select>
      </td>
      <td className={table.cell}>
        {rule.source === 'attached' && <Input aria-label={words(t('admin.key'))} value={rule.key} maxLength={64} onChange={(_, { value }) => change({ key: value })} />}
      </td>
      <td className={table.cell}>
        <Input aria-label={words(t('demand.value'))} value={rule.value} maxLength={200} onChange={(_, { value }) => change({ value })} />
      </td>
      <td className={table.cell}>
        <AbilitySelect label={words(t('demand.asks'))} none={t('demand.choose')} chosen={rule.ability_id} abilities={known} change={(ability_id) => change({ ability_id })} />
      </td>
      <td className={table.cell}>
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={words(t('admin.remove'))} onClick={remove} />
      </td>
    </tr>
  )
}
