import { Button, Checkbox, Input, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AddRegular, DeleteRegular } from '@fluentui/react-icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { AttachedDataKey } from '@/api/contract'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { notify } from '@/shared/notify'
import { Failed, Loading } from '@/shared/ui/states'
import { Table, useTableStyles } from '@/shared/ui/table'
import { attachedDataQuery } from './queries'

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** Labels for the data of a call's headers, and what may be seen and handed over. */
export function AttachedDataKeys() {
  const settings = useQuery(attachedDataQuery)
  if (settings.isPending) return <Loading />
  if (settings.isError) return <Failed words={t('admin.failed')} retry={() => void settings.refetch()} />
  return <Editor key={settings.dataUpdatedAt} saved={settings.data.keys} />
}

function Editor({ saved }: { saved: AttachedDataKey[] }) {
  const styles = useStyles()
  const queries = useQueryClient()
  const [keys, setKeys] = useState(saved)
  const saving = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/settings/attached-data', { body: { keys } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: attachedDataQuery.queryKey })
      notify({ intent: 'success', title: t('saved') })
    },
  })
  const change = (index: number, part: Partial<AttachedDataKey>) =>
    setKeys((old) => old.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const columns = [t('admin.key'), t('admin.label'), t('admin.private'), t('admin.hidden'), t('admin.remove')].map((name) => ({ name }))
  return (
    <>
      <Text>{t('admin.attached_more')}</Text>
      <Table columns={columns} label={t('admin.attached')}>
        {keys.map((datum, index) => (
          <KeyRow
            key={index}
            datum={datum}
            change={(part) => change(index, part)}
            remove={() => setKeys((old) => old.filter((_, at) => at !== index))}
          />
        ))}
      </Table>
      {saving.error && (
        <Text className={styles.failed} role="alert">
          {problemWords(saving.error)}
        </Text>
      )}
      <div className={styles.row}>
        <Button icon={<AddRegular />} onClick={() => setKeys((old) => [...old, { key: '', label: '', private: false, hidden: false }])}>
          {t('admin.add_key')}
        </Button>
        <Button appearance="primary" disabled={saving.isPending} onClick={() => saving.mutate()} data-testid="attached-save">
          {t('save')}
        </Button>
      </div>
    </>
  )
}

type RowProps = { datum: AttachedDataKey; change: (part: Partial<AttachedDataKey>) => void; remove: () => void }

function KeyRow({ datum, change, remove }: RowProps) {
  const table = useTableStyles()
  const words = (name: string) => `${name}: ${datum.key || t('admin.new_key')}`
  return (
    <tr>
      <td className={table.cell}>
        <Input aria-label={words(t('admin.key'))} value={datum.key} maxLength={128} onChange={(_, { value }) => change({ key: value })} />
      </td>
      <td className={table.cell}>
        <Input aria-label={words(t('admin.label'))} value={datum.label} maxLength={128} onChange={(_, { value }) => change({ label: value })} />
      </td>
      <td className={table.cell}>
        <Checkbox aria-label={words(t('admin.private'))} checked={datum.private} onChange={(_, { checked }) => change({ private: checked === true })} />
      </td>
      <td className={table.cell}>
        <Checkbox aria-label={words(t('admin.hidden'))} checked={datum.hidden} onChange={(_, { checked }) => change({ hidden: checked === true })} />
      </td>
      <td className={table.cell}>
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={words(t('admin.remove'))} onClick={remove} />
      </td>
    </tr>
  )
}
