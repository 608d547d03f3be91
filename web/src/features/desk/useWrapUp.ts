import { useCallback, useEffect, useRef, useState } from 'react'
import { useConnection } from '@/shared/desk/context'
import { refusalCode } from '@/shared/socket/refusal'
import type { InteractionView } from '@/shared/socket/types'
import { draftOf, keepDraft } from '@/shared/store/drafts'

const SAVE_AFTER_MS = 600

export type WrapUpText = { disposition_id: string | null; note: string }
export type SaveState = { state: 'untouched' } | { state: 'saved' } | { state: 'saving' } | { state: 'failed'; code: string }

/**
 * The wrap-up as it is typed: kept in the browser at once, saved on the server shortly after,
 * "saved" only when the server has committed just what is shown.
 */
export function useWrapUp(interaction: InteractionView) {
  const { interaction_id, wrap_up } = interaction
  const connection = useConnection()
  const draftKey = `wrap_up.${interaction_id}`
  const [text, setText] = useState<WrapUpText>(() => startText(draftKey, wrap_up))
  const [save, setSave] = useState<SaveState>({ state: wrap_up.saved_at === null ? 'untouched' : 'saved' })
  const latest = useRef(text)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const saveNow = useCallback(async (): Promise<boolean> => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    const sent = latest.current
    setSave({ state: 'saving' })
    try {
      await connection.command('wrap_up.save', { interaction_id, ...sent })
    } catch (error) {
      setSave({ state: 'failed', code: refusalCode(error) })
      return false
    }
    if (latest.current === sent) {
      keepDraft(draftKey, '')
      setSave({ state: 'saved' })
    }
    return true
  }, [connection, interaction_id, draftKey])

  const change = useCallback(
    (part: Partial<WrapUpText>) => {
      const next = { ...latest.current, ...part }
      latest.current = next
      setText(next)
      keepDraft(draftKey, JSON.stringify(next))
      setSave({ state: 'saving' })
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => void saveNow(), 'note' in part ? SAVE_AFTER_MS : 0)
    },
    [draftKey, saveNow],
  )

  // What a reload interrupted is saved first of all; what another window saved is taken over.
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the interrupted save belongs to mounting
    if (draftOf(draftKey) !== '') void saveNow()
    return () => {
      if (timer.current !== null) void saveNow()
    }
  }, [draftKey, saveNow])
  useEffect(() => {
    if (draftOf(draftKey) !== '') return
    const saved = { disposition_id: wrap_up.disposition_id, note: wrap_up.note }
    latest.current = saved
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the server's view is an outside source here
    setText(saved)
    if (wrap_up.saved_at !== null) setSave({ state: 'saved' })
  }, [draftKey, wrap_up.disposition_id, wrap_up.note, wrap_up.saved_at])

  return { text, save, change, saveNow }
}

function startText(draftKey: string, saved: WrapUpText): WrapUpText {
  try {
    const draft = JSON.parse(draftOf(draftKey)) as Partial<WrapUpText>
    return { disposition_id: draft.disposition_id ?? null, note: draft.note ?? '' }
  } catch {
    return { disposition_id: saved.disposition_id, note: saved.note }
  }
}
