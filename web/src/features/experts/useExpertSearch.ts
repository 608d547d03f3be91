import { useEffect, useEffectEvent, useState } from 'react'
import { useConnection } from '@/shared/desk/context'
import type { DeskConnection } from '@/shared/desk/connection'
import { personKey } from '@/shared/desk/state'
import { refusalCode } from '@/shared/socket/refusal'
import type { NextPage, PersonView } from '@/shared/socket/types'
import { rememberFound } from './people'

const DEBOUNCE_MS = 80

export type Found = {
  text: string
  people: PersonView[]
  /** There are more than the networks show at once. */
  more: boolean
  /** Where the next page begins; null where the networks show no further. */
  next: NextPage | null
  /** Networks that did not answer. */
  silent: string[]
  code: string | null
}

/** A search: what was found, whether an answer is awaited, and how to see more. */
export type Search = { found: Found | null; busy: boolean; more: () => void }

/** Searches as letters come. An answer that was overtaken by a newer search is dropped. */
export function useExpertSearch(text: string, onFound: (found: Found) => void): Search {
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
    const timer = setTimeout(() => void search(connection, wanted, null).then(show), DEBOUNCE_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [connection, wanted])
  const more = () => {
    if (!found?.next) return
    void search(connection, found.text, found.next).then((page) => setFound((now) => (now === found ? withPage(found, page) : now)))
  }
  if (wanted === '') return { found: null, busy: false, more }
  return { found, busy: found?.text !== wanted, more }
}

async function search(connection: DeskConnection, text: string, after: NextPage | null): Promise<Found> {
  try {
    return { text, code: null, ...(await connection.command('experts.search', { text, network: null, after })) }
  } catch (error) {
    return { text, people: [], more: false, next: null, silent: [], code: refusalCode(error) }
  }
}

/** The page after those that are shown; a page that did not come can be asked for again. */
function withPage(found: Found, page: Found): Found {
  if (page.code !== null) return { ...found }
  const known = new Set(found.people.map((one) => personKey(one.person)))
  return { ...page, people: [...found.people, ...page.people.filter((one) => !known.has(personKey(one.person)))] }
}
