import { useEffect, useEffectEvent, useState } from 'react'
import { useConnection } from '@/shared/desk/context'
import type { DeskConnection } from '@/shared/desk/connection'
import { refusalCode } from '@/shared/socket/refusal'
import type { NextPage, PersonView } from '@/shared/socket/types'
import { behind, withPage } from './found'
import { canAsk, rememberFound } from './people'

const DEBOUNCE_MS = 80

export type Found = {
  text: string
  /** Skills that everybody found has. */
  skills: string[]
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

/**
 * Searches as letters come. Whom the directory finds is shown at once; whom the networks find beyond that comes behind,
 * so nothing on screen moves. Skills are known to the directory alone. An answer that was overtaken by a newer search is dropped.
 */
export function useExpertSearch(text: string, skills: string[], onFound: (found: Found) => void): Search {
  const connection = useConnection()
  const [found, setFound] = useState<Found | null>(null)
  const wanted = text.trim()
  const narrowed = JSON.stringify(skills)
  const told = useEffectEvent(onFound)
  useEffect(() => {
    const only = JSON.parse(narrowed) as string[]
    if (wanted === '' && only.length === 0) return
    let overtaken = false
    const show = (result: Found) => {
      if (overtaken) return
      setFound(result)
      rememberFound(result.people.filter(canAsk))
      told(result)
    }
    const ask = async () => {
      const nobody = { ...EMPTY, text: wanted, skills: only, people: [] }
      const networks = only.length > 0 ? nobody : search(connection, wanted, null)
      const known = await searchDirectory(connection, wanted, only)
      if (known.length > 0) show({ ...nobody, people: known })
      show(behind(known, await networks))
    }
    const timer = setTimeout(() => void ask(), DEBOUNCE_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [connection, wanted, narrowed])
  const more = () => {
    if (!found?.next) return
    void search(connection, found.text, found.next).then((page) => setFound((now) => (now === found ? withPage(found, page) : now)))
  }
  if (wanted === '' && skills.length === 0) return { found: null, busy: false, more }
  return { found, busy: found?.text !== wanted || JSON.stringify(found.skills) !== narrowed, more }
}

const EMPTY = { more: false, next: null, silent: [], code: null }

async function search(connection: DeskConnection, text: string, after: NextPage | null): Promise<Found> {
  try {
    return { text, skills: [], code: null, ...(await connection.command('experts.search', { text, network: null, after })) }
  } catch (error) {
    return { ...EMPTY, text, skills: [], people: [], code: refusalCode(error) }
  }
}

/** A directory that does not answer leaves the search to the networks. */
async function searchDirectory(connection: DeskConnection, text: string, skills: string[]): Promise<PersonView[]> {
  try {
    return (await connection.command('experts.directory', { text, skills })).people
  } catch {
    return []
  }
}
