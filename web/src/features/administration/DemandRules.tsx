import { Button, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { AddRegular, DeleteRegular } from '@fluentui/react-icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { Ability, DemandRule } from '@/api/contract'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { notify } from '@/shared/notify'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Table, useTableStyles } from '@/shared/ui/table'
import { AbilitySelect } from './AbilitySelect'
import { abilitiesQuery, demandRulesQuery } from './queries'

const SOURCES: DemandRule['source'][] = ['attached', 'dialled']

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** By which attached data and dialled numbers interactions ask for skills and languages. */
export function DemandRules() {
  const rules = useQuery(demandRulesQuery)
  const abilities = useQuery(abilitiesQuery)
  if (rules.isPending || abilities.isPending) return <Loading />
  const again = () => void Promise.all([rules.refetch(), abilities.refetch()])
  if (rules.isError || abilities.isError) return <Failed words={t('admin.failed')} retry={again} />
  if (abilities.data.length === 0) return <Empty title={t('ability.none_known')} />
  return <Editor key={rules.dataUpdatedAt} saved={rules.data.rules} known={abilities.data} />
}

function Editor({ saved, known }: { saved: DemandRule[]; known: Ability[] }) {
  const styles = useStyles()
  const queries = useQueryClient()
  const [rules, setRules] = useState(saved)
  const saving = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/settings/demand-rules', { body: { rules } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: demandRulesQuery.queryKey })
      notify({ intent: 'success', title: t('saved') })
    },
  })
  const add = () => setRules((old) => [...old, { source: 'attached', key: '', value: '', ability_id: '' }])
  const columns = [t('demand.source'), t('admin.key'), t('demand.value'), t('demand.asks'), t('admin.remove')].map((name) => ({ name }))
  return (
    <>
      <Text>{t('demand.more')}</Text>
      {rules.length === 0 ? (
        <Empty title={t('demand.empty')} />
      ) : (
        <Table columns={columns} label={t('admin.demand_rules')}>
          {rules.map((rule, index) => (
            <RuleRow
              key={index}
              rule={rule}
              number={index + 1}
              known={known}
              change={(part) => setRules((old) => old.map((one, at) => (at === index ? { ...one, ...part } : one)))}
              remove={() => setRules((old) => old.filter((_, at) => at !== index))}
            />
          ))}
        </Table>
      )}
      {saving.error && (
        <Text className={styles.failed} role="alert">
          {problemWords(saving.error)}
        </Text>
      )}
      <div className={styles.row}>
        <Button icon={<AddRegular />} onClick={add} data-testid="demand-add">
          {t('demand.add')}
        </Button>
        <Button
          appearance="primary"
          disabled={saving.isPending || rules.some((rule) => rule.ability_id === '')}
          onClick={() => saving.mutate()}
          data-testid="demand-save"
        >
          {t('save')}
        </Button>
      </div>
    </>
  )
}

type RowProps = { rule: DemandRule; number: number; known: Ability[]; change: (part: Partial<DemandRule>) => void; remove: () => void }

function RuleRow({ rule, number, known, change, remove }: RowProps) {
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
