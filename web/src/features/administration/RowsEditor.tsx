import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { notify } from '@/shared/notify'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** What a row of the table is given: its value, those of all rows, and its number, which counts from 1. */
export type RowProps<T> = { value: T; values: T[]; number: number; change: (part: Partial<T>) => void; remove: () => void }

type Props<T> = {
  label: string
  more: string
  /** Said in place of a table without rows. */
  empty: string
  columns: string[]
  saved: T[]
  /** A new row. */
  blank: T
  add: string
  isComplete?: (value: T, values: T[]) => boolean
  save: (values: T[]) => Promise<unknown>
  queryKey: readonly unknown[]
  row: (props: RowProps<T>) => ReactNode
  /** Test ids begin with it. */
  testId: string
}

/** A list that is changed row by row and saved as a whole. Its key is what is saved: read again unchanged, it keeps what is being typed. */
export function RowsEditor<T>({ saved, blank, isComplete = () => true, save, queryKey, row, testId, ...words }: Props<T>) {
  const styles = useStyles()
  const queries = useQueryClient()
  const [values, setValues] = useState(saved)
  const saving = useMutation({
    mutationFn: () => save(values),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey })
      notify({ intent: 'success', title: t('saved') })
    },
  })
  const rows = values.map((value, index) =>
    row({
      value,
      values,
      number: index + 1,
      change: (part) => setValues((old) => old.map((one, at) => (at === index ? { ...one, ...part } : one))),
      remove: () => setValues((old) => old.filter((_, at) => at !== index)),
    }),
  )
  return (
    <>
      <Text>{words.more}</Text>
      {rows.length === 0 ? (
        <Empty title={words.empty} />
      ) : (
        <Table columns={words.columns.map((name) => ({ name }))} label={words.label}>
          {rows}
        </Table>
      )}
      {saving.error && (
        <Text className={styles.failed} role="alert">
          {problemWords(saving.error)}
        </Text>
      )}
      <div className={styles.row}>
        <Button icon={<AddRegular />} onClick={() => setValues((old) => [...old, blank])} data-testid={`${testId}-add`}>
          {words.add}
        </Button>
        <Button appearance="primary" disabled={saving.isPending || !values.every((value) => isComplete(value, values))} onClick={() => saving.mutate()} data-testid={`${testId}-save`}>
          {t('save')}
        </Button>
      </div>
    </>
  )
}
