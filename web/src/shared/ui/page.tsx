import { makeStyles, mergeClasses, Title2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  page: { height: '100%', boxSizing: 'border-box', overflowY: 'auto', padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}` },
  inner: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '1200px' },
  fill: { height: '100%', maxWidth: 'none', minWidth: 0 },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  title: { margin: 0 },
  apart: { marginRight: 'auto' },
})

type Props = {
  title: string
  actions?: ReactNode
  /** As high and wide as the window: for tables that scroll in their own frame. */
  fill?: boolean
  children: ReactNode
}

/** A page with a title, below the top bar. */
export function Page({ title, actions, fill, children }: Props) {
  const styles = useStyles()
  return (
    <div className={styles.page}>
      <div className={mergeClasses(styles.inner, fill && styles.fill)}>
        <div className={styles.head}>
          <Title2 as="h1" className={mergeClasses(styles.title, fill && styles.apart)}>
            {title}
          </Title2>
          {actions}
        </div>
        {children}
      </div>
    </div>
  )
}
