import { Button, makeStyles, Skeleton, SkeletonItem, Text, tokens } from '@fluentui/react-components'
import { useEffect, useState, type ReactNode } from 'react'
import { t } from '../i18n/translate'

const useStyles = makeStyles({
  empty: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
  },
  failed: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: tokens.spacingVerticalM },
  skeleton: { display: 'grid', gap: tokens.spacingVerticalM, padding: tokens.spacingVerticalM },
})

/** Says what will appear here and how to get it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.empty}>
      <Text weight="semibold">{title}</Text>
      {children && <Text size={200}>{children}</Text>}
    </div>
  )
}

/** What happened, and one button. */
export function Failed({ words, retry }: { words: string; retry: () => void }) {
  const styles = useStyles()
  return (
    <div className={styles.failed} role="alert">
      <Text>{words}</Text>
      <Button onClick={retry}>{t('retry')}</Button>
    </div>
  )
}

/** Grey lines, only when loading takes longer than 150 ms. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const styles = useStyles()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy className={styles.skeleton}>
      {late && (
        <Skeleton aria-label={t('loading')} className={styles.skeleton}>
          {Array.from({ length: lines }, (_, index) => (
            <SkeletonItem key={index} size={20} />
          ))}
        </Skeleton>
      )}
    </div>
  )
}
