import { Button, Checkbox, Input } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { AttachedDataKey } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { Failed, Loading } from '@/shared/ui/states'
import { useTableStyles } from '@/shared/ui/table'
import { attachedDataQuery } from './queries'
import { type RowProps, RowsEditor } from './RowsEditor'

const BLANK: AttachedDataKey = { key: '', label: '', private: false, hidden: false }

/** Labels for the data of a call's headers, and what may be seen and handed over. */
export function AttachedDataKeys() {
  const settings = useQuery(attachedDataQuery)
  if (settings.isPending) return <Loading />
  if (settings.isError) return <Failed words={t('admin.failed')} retry={() => void settings.refetch()} />
  return <Editor key={JSON.stringify(settings.data)} saved={settings.data.keys} />
}

function Editor({ saved }: { saved: AttachedDataKey[] }) {
  return (
    <RowsEditor
      label={t('admin.attached')}
      more={t('admin.attached_more')}
      empty={t('admin.attached_empty')}
      columns={[t('admin.key'), t('admin.label'), t('admin.private'), t('admin.hidden'), t('admin.remove')]}
      saved={saved}
      blank={BLANK}
      add={t('admin.add_key')}
      save={(keys) => ask(api.PUT('/api/v1/settings/attached-data', { body: { keys } }))}
      queryKey={attachedDataQuery.queryKey}
      row={(row) => <KeyRow key={row.number} {...row} />}
      testId="attached"
    />
  )
}

function KeyRow({ value: datum, change, remove }: RowProps<AttachedDataKey>) {
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
