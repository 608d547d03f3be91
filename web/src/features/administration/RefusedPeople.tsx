import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { Failed, Loading } from '@/shared/ui/states'
import { Table, useTableStyles } from '@/shared/ui/table'
import { type PeopleImport, refusedPeopleQuery } from './queries'

/** Who was not taken in an import, and why. */
export function RefusedPeople({ of, close }: { of: PeopleImport; close: () => void }) {
  return (
    <Dialog open onOpenChange={(_, change) => !change.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('people.refused', { count: of.refused_count })}</DialogTitle>
          <DialogContent>
            <Rows of={of} />
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{t('close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Rows({ of }: { of: PeopleImport }) {
  const table = useTableStyles()
  const refused = useQuery(refusedPeopleQuery(of.import_id))
  if (refused.isPending) return <Loading lines={4} />
  if (refused.isError) return <Failed words={t('admin.failed')} retry={() => void refused.refetch()} />
  return (
    <>
      <Table label={t('people.refused', { count: of.refused_count })} columns={[{ name: t('people.row') }, { name: t('people.reason') }]}>
        {refused.data.map(({ place, reason, words }, index) => (
          <tr key={index} data-testid="refused-row">
            <td className={table.cell}>{place || '–'}</td>
            <td className={table.cell} title={words}>
              {codeWords('people.reason', reason)}
            </td>
          </tr>
        ))}
      </Table>
      {refused.data.length < of.refused_count && <Text size={200}>{t('people.refused_more', { count: refused.data.length })}</Text>}
    </>
  )
}
