import { createContext, useCallback, useContext } from 'react'
import { notify } from '../notify'
import { t } from '../i18n/translate'
import { errorWords } from '../i18n/words'
import { refusalCode } from '../socket/refusal'
import type { Commands, Op, Snapshot } from '../socket/types'
import { useStore } from '../store/external'
import type { DeskConnection } from './connection'
import type { DeskState } from './state'

export const DeskContext = createContext<DeskConnection | null>(null)

/** The signed-in user's connection. Only below the shell. */
export function useConnection(): DeskConnection {
  const connection = useContext(DeskContext)
  if (!connection) throw new Error('useConnection is used outside the shell')
  return connection
}

/** A part of the desk's state. */
export function useDesk<P>(pick: (state: DeskState) => P): P {
  return useStore(useConnection().store, pick)
}

/** A part of the snapshot. Only below the shell, which waits for the first snapshot. */
export function useSnapshot<P>(pick: (snapshot: Snapshot) => P): P {
  return useDesk((state) => {
    if (!state.snapshot) throw new Error('useSnapshot is used before the first snapshot')
    return pick(state.snapshot)
  })
}

/** Sends a command; a refusal is told as a toast. Gives the result, or null when refused. */
export function useAct(): <O extends Op>(op: O, fields: Commands[O][0]) => Promise<Commands[O][1] | null> {
  const connection = useConnection()
  return useCallback(
    async (op, fields) => {
      try {
        return await connection.command(op, fields)
      } catch (error) {
        notify({ intent: 'warning', title: errorWords(refusalCode(error)) ?? t('error.internal') })
        return null
      }
    },
    [connection],
  )
}
