import { Button, makeStyles, Select, Subtitle2, Switch, Text, Textarea, tokens } from '@fluentui/react-components'
import { useMemo, useRef } from 'react'
import { useAct, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { characterCount, errorWords } from '@/shared/i18n/words'
import { useKey } from '@/shared/keys/keys'
import { notify } from '@/shared/notify'
import type { DispositionChoice, InteractionView } from '@/shared/socket/types'
import { Card } from '@/shared/ui/card'
import { Countdown } from '@/shared/ui/countdown'
import { Kbd } from '@/shared/ui/kbd'
import { type SaveState, useWrapUp } from './useWrapUp'

const useStyles = makeStyles({
  card: { display: 'grid', gap: tokens.spacingVerticalS, flexShrink: 0 },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minHeight: '32px' },
  title: { margin: 0 },
  muted: { color: tokens.colorNeutralForeground2 },
  space: { flex: 1 },
  fields: { display: 'grid', gridTemplateColumns: '230px minmax(0, 1fr)', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  foot: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** Disposition and note, during the call and after it. */
export function WrapUp({ interaction }: { interaction: InteractionView }) {
  const styles = useStyles()
  const { text, save, change, saveNow } = useWrapUp(interaction)
  const noteLimit = useSnapshot((snapshot) => snapshot.limits.note_chars)
  const note = useRef<HTMLTextAreaElement>(null)
  const done = useDone(interaction, saveNow)
  useKey('W', () => note.current?.focus())
  useKey('Ctrl+S', () => void done())
  const ended = interaction.call.state === 'ended'
  return (
    <Card label={t('wrap_up.title')} className={styles.card}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('wrap_up.title')}
        </Subtitle2>
        {!ended && <Text className={styles.muted}>{t('wrap_up.prepare')}</Text>}
        <span className={styles.space} />
        <Request interaction={interaction} />
        <Deadline interaction={interaction} />
      </div>
      <div className={styles.fields}>
        <Disposition interaction={interaction} value={text.disposition_id} change={(disposition_id) => change({ disposition_id })} />
        <Textarea
          textarea={{ ref: note }}
          aria-label={t('wrap_up.note')}
          placeholder={t('wrap_up.note')}
          rows={2}
          maxLength={noteLimit}
          value={text.note}
          onChange={(_, { value }) => change({ note: value })}
          data-testid="wrapup-note"
        />
      </div>
      <div className={styles.foot}>
        <Saved save={save} retry={() => void saveNow()} />
        <span className={styles.space} />
        <Text size={200} className={styles.muted}>
          {characterCount(text.note.length, noteLimit)}
        </Text>
        <Button
          appearance={ended ? 'primary' : 'secondary'}
          disabledFocusable={!ended}
          title={ended ? undefined : t('wrap_up.done_later')}
          onClick={() => void done()}
          data-testid="wrapup-done"
        >
          {t('wrap_up.done')}
          <Kbd keys="Ctrl+S" />
        </Button>
      </div>
    </Card>
  )
}

function useDone(interaction: InteractionView, saveNow: () => Promise<boolean>): () => Promise<void> {
  const act = useAct()
  const { interaction_id, call } = interaction
  return async () => {
    if (!(await saveNow())) return
    if (call.state === 'up') notify({ intent: 'info', title: t('wrap_up.saved_call_up') })
    else await act('wrap_up.done', { interaction_id })
  }
}

type DispositionProps = { interaction: InteractionView; value: string | null; change: (disposition_id: string | null) => void }

function Disposition({ interaction, value, change }: DispositionProps) {
  const all = useSnapshot((snapshot) => snapshot.dispositions)
  const choices = useMemo(() => choicesOf(all, interaction.queue_id), [all, interaction.queue_id])
  return (
    <Select
      aria-label={t('wrap_up.disposition')}
      value={value ?? ''}
      onChange={(_, chosen) => change(chosen.value || null)}
      data-testid="wrapup-disposition"
    >
      <option value="">{t('wrap_up.disposition_none')}</option>
      {choices.map(({ disposition_id, name }) => (
        <option key={disposition_id} value={disposition_id}>
          {name}
        </option>
      ))}
    </Select>
  )
}

/** The dispositions of a queue; one without queues is for all of them. */
export function choicesOf(all: DispositionChoice[], queue_id: string): DispositionChoice[] {
  return all.filter(({ queue_ids }) => queue_ids.length === 0 || queue_ids.includes(queue_id))
}

function Saved({ save, retry }: { save: SaveState; retry: () => void }) {
  const styles = useStyles()
  if (save.state === 'failed') {
    return (
      <Text className={styles.failed} role="alert" data-testid="wrapup-saved" data-state="failed">
        {t('wrap_up.not_saved', { reason: errorWords(save.code) ?? t('error.internal') })}{' '}
        <Button size="small" onClick={retry}>
          {t('retry')}
        </Button>
      </Text>
    )
  }
  const words = save.state === 'saved' ? t('wrap_up.saved') : save.state === 'saving' ? t('wrap_up.saving') : t('wrap_up.autosave')
  return (
    <Text size={200} className={styles.muted} data-testid="wrapup-saved" data-state={save.state}>
      {words}
    </Text>
  )
}

function Request({ interaction }: { interaction: InteractionView }) {
  const act = useAct()
  const { interaction_id, wrap_up, call } = interaction
  if (wrap_up.mode !== 'agent_requested' || call.state === 'ended') return null
  return (
    <Switch
      checked={wrap_up.requested}
      onChange={(_, { checked }) => void act('wrap_up.request', { interaction_id, requested: checked })}
      label={t('wrap_up.request')}
    />
  )
}

function Deadline({ interaction }: { interaction: InteractionView }) {
  const { deadline_at, mode } = interaction.wrap_up
  const { call_ended_at } = interaction
  if (deadline_at === null || call_ended_at === null) return null
  const label = t(mode === 'mandatory_forced_timeout' ? 'wrap_up.ends_then' : 'wrap_up.ends_at_latest')
  return (
    <>
      <Text size={200}>{label}</Text>
      <Countdown from_at={call_ended_at} until_at={deadline_at} size={36} label={label} testId="wrapup-countdown" />
    </>
  )
}
