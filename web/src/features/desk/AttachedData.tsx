import { Button, Checkbox, makeStyles, Subtitle2, Text, tokens, Tooltip } from '@fluentui/react-components'
import { CheckmarkRegular, CopyRegular, LockClosedRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { t } from '@/shared/i18n/translate'
import type { AttachedDatum, InteractionView } from '@/shared/socket/types'
import { useTicks, useToggleTick } from '@/shared/store/ticks'
import { Card } from '@/shared/ui/card'
import { Linked } from '@/shared/ui/links'
import { Empty } from '@/shared/ui/states'

const useStyles = makeStyles({
  card: { flex: '1 1 160px', minHeight: '160px', display: 'flex', flexDirection: 'column' },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: tokens.spacingHorizontalM },
  title: { margin: 0 },
  muted: { color: tokens.colorNeutralForeground2 },
  rows: { overflowY: 'auto', margin: '6px 0 0', padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: '36px minmax(90px, 170px) minmax(0, 1fr) 32px',
    alignItems: 'center',
    minHeight: '36px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  lock: { display: 'grid', placeItems: 'center', width: '32px', color: tokens.colorNeutralForeground2 },
  value: { overflowWrap: 'anywhere', padding: '6px 0', whiteSpace: 'pre-wrap' },
  label: { color: tokens.colorNeutralForeground2, paddingRight: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
})

/** What came with the call; ticked rows are handed over to the expert. */
export function AttachedData({ interaction }: { interaction: InteractionView }) {
  const styles = useStyles()
  const { attached, interaction_id } = interaction
  const ticks = useTicks(interaction_id)
  const toggle = useToggleTick(interaction_id)
  return (
    <Card label={t('attached.title')} className={styles.card}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('attached.title')}
        </Subtitle2>
        {attached.length > 0 && <Text className={styles.muted}>{t('attached.ticked', { count: ticks.length })}</Text>}
      </div>
      {attached.length === 0 ? (
        <Empty title={t('attached.empty')}>{t('attached.empty_more')}</Empty>
      ) : (
        // The scrolling list can be reached and scrolled by keyboard through its checkboxes.
        <div className={styles.rows}>
          {attached.map((datum) => (
            <Row key={datum.key} datum={datum} ticked={ticks.includes(datum.key)} toggle={toggle} />
          ))}
        </div>
      )}
    </Card>
  )
}

type RowProps = { datum: AttachedDatum; ticked: boolean; toggle: (key: string, on: boolean) => void }

function Row({ datum, ticked, toggle }: RowProps) {
  const styles = useStyles()
  const { key, label, value } = datum
  return (
    <div className={styles.row} data-testid={`attached-row-${key}`}>
      {datum.private ? (
        <Tooltip content={t('attached.private')} relationship="label">
          <span className={styles.lock} role="img">
            <LockClosedRegular />
          </span>
        </Tooltip>
      ) : (
        <Checkbox
          checked={ticked}
          onChange={(_, change) => toggle(key, change.checked === true)}
          aria-label={t('attached.tick', { label })}
          input={{ 'data-testid': `attached-tick-${key}` } as object}
        />
      )}
      <Text className={styles.label}>{label}</Text>
      <Text className={value === '' ? styles.muted : styles.value}>
        {value === '' ? t('attached.hidden') : <Linked text={value} />}
      </Text>
      {value !== '' && <Copy label={label} value={value} />}
    </div>
  )
}

function Copy({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(true))
  const words = copied ? t('attached.copied') : t('attached.copy', { label })
  return (
    <Button
      appearance="subtle"
      size="small"
      aria-label={words}
      title={words}
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      onClick={copy}
    />
  )
}
