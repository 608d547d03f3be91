import { FluentProvider, makeStaticStyles, makeStyles } from '@fluentui/react-components'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { whenSignedOut } from '@/api/client'
import { CompanyReturn, companyReturnPath } from '@/features/profile/CompanyReturn'
import { SignIn } from '@/features/session/SignIn'
import { useLanguage } from '@/shared/i18n/translate'
import { sessionQuery } from '@/shared/session'
import { useTheme } from '@/shared/theme/theme'
import { Loading } from '@/shared/ui/states'
import { SignedIn } from './SignedIn'
import { Unreachable } from './Unreachable'

const usePageStyles = makeStaticStyles({
  'html, body, #root': { height: '100%', margin: 0 },
  body: { overflow: 'hidden' },
  '@media (prefers-reduced-motion: reduce)': { '*': { animationDuration: '0.01ms', transitionDuration: '0.01ms' } },
})

// Not on the provider: its class names are copied to every portal, which would then cover the page.
const useStyles = makeStyles({ page: { height: '100dvh' } })

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 10_000 } },
})

/** The whole page: theme, sign-in or desk. */
export function App() {
  usePageStyles()
  const styles = useStyles()
  const { theme, scheme } = useTheme()
  const language = useLanguage()
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme
    document.documentElement.lang = language
  }, [scheme, language])
  return (
    <FluentProvider theme={theme}>
      <QueryClientProvider client={queries}>
        <div className={styles.page}>
          <Gate />
        </div>
      </QueryClientProvider>
    </FluentProvider>
  )
}

const returning = window.location.pathname === companyReturnPath

function Gate() {
  const session = useQuery(sessionQuery)
  useEffect(() => whenSignedOut(() => queries.setQueryData(sessionQuery.queryKey, null)), [])
  if (session.isPending) return <Loading />
  // Asked again while the connection is lost: what is known stays, and the desk with it.
  if (session.data === undefined) return <Unreachable retry={() => void session.refetch()} />
  if (session.data === null) return <SignIn />
  // A window of its own, which must not open the desk: that would take the agent's line.
  if (returning) return <CompanyReturn />
  return <SignedIn key={session.data.user.user_id} session={session.data} />
}
