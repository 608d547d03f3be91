import { Button, makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { t } from '../i18n/translate'
import { Table, useTableStyles } from '../ui/table'

const useStyles = makeStyles({
  figure: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    display: 'grid',
    gap: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  title: { margin: 0 },
})

type Props = { title: string; columns: string[]; rows: { key: string; cells: string[] }[]; children: ReactNode; testId: string }

/** A chart and, on demand in its place, the table that says the same. */
export function ChartFigure({ title, columns, rows, children, testId }: Props) {
  const styles = useStyles()
  const table = useTableStyles()
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={styles.figure} aria-label={title} data-testid={testId}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          {title}
        </Subtitle2>
        <Button size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)} data-testid={`${testId}-table`}>
          {t('chart.table')}
        </Button>
      </div>
      {!asTable && children}
      {asTable && (
        <Table label={title} columns={columns.map((name, index) => ({ name, number: index > 0 }))}>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={columns[index]} className={mergeClasses(table.cell, index > 0 && table.number)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
    </figure>
  )
}
