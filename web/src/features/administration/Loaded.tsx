import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/translate'
import { Failed, Loading } from '@/shared/ui/states'

type Props<T, U> = {
  one: UseQueryResult<T>
  other: UseQueryResult<U>
  title: string
  close: () => void
  children: (one: T, other: U) => ReactNode
}

/** A form that needs two lists: meanwhile, or where one cannot be loaded, a dialog that says so. */
export function Loaded<T, U>({ one, other, title, close, children }: Props<T, U>) {
  if (one.isSuccess && other.isSuccess) return children(one.data, other.data)
  const again = () => void Promise.all([one.refetch(), other.refetch()])
  return (
    <Dialog open onOpenChange={(_, change) => !change.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{one.isError || other.isError ? <Failed words={t('admin.failed')} retry={again} /> : <Loading lines={4} />}</DialogContent>
          <DialogActions>
            <Button onClick={close}>{t('cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
