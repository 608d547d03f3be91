import { Button, Field, Input, makeStyles, mergeClasses } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { t } from '@/shared/i18n/translate'
import { useTableStyles } from '@/shared/ui/table'
import { type NicknameDraft, nameTrouble, nicknamesTrouble, WORD_CHARS } from './nicknameDrafts'
import type { RowProps } from './RowsEditor'

const useStyles = makeStyles({
  cell: { verticalAlign: 'top', whiteSpace: 'normal' },
  wide: { maxWidth: 'none', width: '60%' },
})

/** A name, its nicknames, and what is wrong with either. */
export function NicknameRow({ value: draft, values, number, change, remove }: RowProps<NicknameDraft>) {
  const styles = useStyles()
  const table = useTableStyles()
  const words = (name: string) => `${name}: ${draft.name.trim() || t('nicknames.row', { number })}`
  const [wrongName, wrongNicknames] = [nameTrouble(draft, values), nicknamesTrouble(draft)]
  return (
    <tr data-testid="nickname-row">
      <td className={mergeClasses(table.cell, styles.cell)}>
        <Field validationMessage={wrongName && t(wrongName)}>
          <Input aria-label={words(t('admin.name'))} value={draft.name} maxLength={WORD_CHARS} onChange={(_, { value }) => change({ name: value })} data-testid="nickname-name" />
        </Field>
      </td>
      <td className={mergeClasses(table.cell, styles.cell, styles.wide)}>
        <Field validationMessage={wrongNicknames && t(wrongNicknames)}>
          <Input aria-label={words(t('nicknames.of_name'))} value={draft.nicknames} maxLength={600} onChange={(_, { value }) => change({ nicknames: value })} data-testid="nickname-nicknames" />
        </Field>
      </td>
      <td className={mergeClasses(table.cell, styles.cell)}>
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={words(t('admin.remove'))} onClick={remove} />
      </td>
    </tr>
  )
}
