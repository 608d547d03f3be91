import { makeStyles, Title2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  page: { height: '100%', boxSizing: 'border-box', overflowY: 'auto', padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}` },
  inner: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '1200px' },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  title: { margin: 0 },
})

/** A page with a title, below the top bar. */
export function Page({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.page}>
      <div className={styles.inner}>
        <div className={styles.head}>
          <Title2 as="h1" className={styles.title}>
            {title}
          </Title2>
          {actions}
        </div>
        {children}
      </div>
    </div>
  )
}
