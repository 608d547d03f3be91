import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { t } from '../i18n/translate'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { filtersOf, isLink, type Search, within } from './address'
import { type ViewPage, viewsQuery } from './queries'

type Props = { page: ViewPage; title: string; children: ReactNode }

/** A page that has views: not shown before the view that its address names is known and its filters are in the address. */
export function OpenedView({ page, title, children }: Props) {
  const search = useSearch({ strict: false }) as Search
  const list = useQuery(viewsQuery(page))
  if (search.view === undefined) return children
  if (list.isPending) return <Page title={title}><Loading lines={8} /></Page>
  if (list.isError) return <Page title={title}><Failed words={t('views.failed')} retry={() => void list.refetch()} /></Page>
  const opened = list.data.find((one) => one.view_id === search.view)
  if (!opened) return <Gone title={title} />
  if (isLink(search) && opened.filters !== '') {
    return <Navigate to="." search={within(opened.view_id, filtersOf(opened.filters)) as never} replace />
  }
  return children
}

function Gone({ title }: { title: string }) {
  const navigate = useNavigate()
  return (
    <Page title={title} actions={<Button onClick={() => void navigate({ to: '.', search: {} as never })}>{t('views.standard')}</Button>}>
      <Empty title={t('views.gone')}>{t('views.gone_more')}</Empty>
    </Page>
  )
}
