import { useEffect, useEffectEvent, useState } from 'react'
import { useConnection } from '@/shared/desk/context'
import { refusalCode } from '@/shared/socket/refusal'
import type { PersonView } from '@/shared/socket/types'
import { rememberFound } from './people'

const DEBOUNCE_MS = 80

export type Found = { text: string; people: PersonView[]; more: boolean; code: string | null }

/** Searches as letters come. An answer that was overtaken by a newer search is dropped. */
export function useExpertSearch(text: string, onFound: (found: Found) => void): { found: Found | null; busy: boolean } {
  const connection = useConnection()
  const [found, setFound] = useState<Found | null>(null)
  const wanted = text.trim()
  const told = useEffectEvent(onFound)
  useEffect(() => {
    if (wanted === '') return
    let overtaken = false
    const show = (result: Found) => {
      if (overtaken) return
      setFound(result)
      if (result.people.length > 0) rememberFound(result.people)
      told(result)
    }
    const timer = setTimeout(() => {
      connection.command('experts.search', { text: wanted, network: null }).then(
        ({ people, more }) => show({ text: wanted, people, more, code: null }),
        (error: unknown) => show({ text: wanted, people: [], more: false, code: refusalCode(error) }),
      )
    }, DEBOUNCE_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [connection, wanted])
  if (wanted === '') return { found: null, busy: false }
  return { found, busy: found?.text !== wanted }
}
