import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode, SyntheticEvent } from 'react'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'

const useStyles = makeStyles({
  // A long form scrolls; its rows keep their heights.
  fields: { display: 'grid', gridAutoRows: 'max-content', gap: tokens.spacingVerticalM },
  failed: { color: tokens.colorStatusDangerForeground2 },
})

type Props = { title: string; children: ReactNode; save: () => Promise<unknown>; close: () => void; refresh: string[]; verb?: string }

/** A form over the page; stays open with the reason when the server refuses. */
export function FormDialog({ title, children, save, close, refresh, verb }: Props) {
  const styles = useStyles()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      await Promise.all([...refresh, 'directory'].map((list) => queries.invalidateQueries({ queryKey: [list] })))
      close()
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Dialog open onOpenChange={(_, change) => !change.open && close()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.fields}>
              {children}
              {saving.error && (
                <Text className={styles.failed} role="alert">
                  {problemWords(saving.error)}
                </Text>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{t('cancel')}</Button>
              <Button appearance="primary" type="submit" disabled={saving.isPending} data-testid="form-save">
                {verb ?? t('save')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
